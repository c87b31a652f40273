using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;

namespace CustomerService.Nlu;

/// <summary>A text of a file, and the intent that somebody gave it, if any.</summary>
internal sealed record TextLine(string Text, string? Intent);

/// <summary>Reads texts from a file: <c>.csv</c> and <c>.tsv</c> with a header, <c>.jsonl</c>, or plain text with one text a line.</summary>
internal static class TextFile
{
    private static readonly string[] _textNames = ["text", "utterance", "message", "sentence"];
    private static readonly string[] _intentNames = ["intent", "label", "category"];

    /// <exception cref="InvalidDataException">The file cannot be understood; the message names it, the line and what to do.</exception>
    public static List<TextLine> Read(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" => ReadTable(path, ","),
        ".tsv" => ReadTable(path, "\t"),
        ".jsonl" => [.. File.ReadLines(path).Index().Where(line => line.Item.Length > 0).Select(line => ReadJson(path, line.Index + 1, line.Item))],
        _ => [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => new TextLine(line, null))],
    };

    private static List<TextLine> ReadTable(string path, string delimiter)
    {
        using var reader = new StreamReader(path);
        using var csv = new CsvReader(reader, new CsvConfiguration(CultureInfo.InvariantCulture) { Delimiter = delimiter, Mode = delimiter == "," ? CsvMode.RFC4180 : CsvMode.NoEscape });
        if (!csv.Read() || !csv.ReadHeader())
            return [];

        var header = Array.ConvertAll(csv.HeaderRecord!, name => name.Trim().ToLowerInvariant());
        var (text, intent) = (Array.FindIndex(header, _textNames.Contains), Array.FindIndex(header, _intentNames.Contains));
        if (text < 0)
            throw new InvalidDataException($"{path}: its first line must name a column {string.Join(", ", _textNames)}; it names {string.Join(", ", header)}.");

        var rows = new List<TextLine>();
        while (csv.Read())
            rows.Add(new TextLine(csv.GetField(text) ?? "", intent < 0 ? null : csv.GetField(intent)));
        return rows;
    }

    private static TextLine ReadJson(string path, int line, string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var text = Member(document.RootElement, _textNames) ?? throw new InvalidDataException($"{path}, line {line}: there is no member {string.Join(", ", _textNames)}.");
            return new TextLine(text, Member(document.RootElement, _intentNames));
        }
        catch (JsonException damage)
        {
            throw new InvalidDataException($"{path}, line {line}: not a JSON object. A .jsonl file has one a line.", damage);
        }
    }

    private static string? Member(JsonElement row, string[] names) =>
        row.ValueKind == JsonValueKind.Object ? names.Select(name => row.TryGetProperty(name, out var value) ? value.GetString() : null).FirstOrDefault(value => value is not null) : null;
}
