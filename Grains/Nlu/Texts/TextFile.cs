using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CsvHelper.Configuration;

namespace CustomerService.Nlu;

/// <summary>A text of a file, and the intent that somebody gave it, if any.</summary>
internal sealed record TextLine(string Text, string? Intent);

/// <summary>Reads texts, with their intents, as people keep them: tables with a header, a JSON object a line, or plain lines.</summary>
internal static class TextFile
{
    private static readonly string[] _textNames = ["text", "utterance", "message", "sentence"];
    private static readonly string[] _intentNames = ["intent", "label", "category"];

    /// <summary>The format that a file's name tells: <c>.csv</c>, <c>.tsv</c>, <c>.jsonl</c>; anything else is plain lines.</summary>
    public static TextFormat FormatOf(string path) => Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" => TextFormat.Csv,
        ".tsv" => TextFormat.Tsv,
        ".jsonl" or ".ndjson" => TextFormat.JsonLines,
        _ => TextFormat.Lines,
    };

    /// <summary>The texts, without empty lines; or <c>texts.unreadable</c> with the line and what to do.</summary>
    public static Result<ImmutableArray<TextLine>> Read(string content, TextFormat format)
    {
        content = content.TrimStart('\uFEFF');
        return format switch
        {
            TextFormat.Csv => ReadTable(content, ","),
            TextFormat.Tsv => ReadTable(content, "\t"),
            TextFormat.JsonLines => ReadJsonLines(content),
            _ => ImmutableArray.CreateRange(Lines(content).Select(line => new TextLine(line.Text, null))),
        };
    }

    private static Result<ImmutableArray<TextLine>> ReadTable(string content, string delimiter)
    {
        using var csv = new CsvReader(new StringReader(content), new CsvConfiguration(CultureInfo.InvariantCulture)
        {
            Delimiter = delimiter,
            Mode = delimiter == "," ? CsvMode.RFC4180 : CsvMode.NoEscape,
            MissingFieldFound = null,
        });
        try
        {
            if (!csv.Read() || !csv.ReadHeader())
                return ImmutableArray<TextLine>.Empty;

            var header = Array.ConvertAll(csv.HeaderRecord!, name => name.Trim().ToLowerInvariant());
            var (text, intent) = (Array.FindIndex(header, _textNames.Contains), Array.FindIndex(header, _intentNames.Contains));
            if (text < 0)
                return Unreadable(1, $"the first line must name a column {string.Join(", ", _textNames)}.");

            var rows = ImmutableArray.CreateBuilder<TextLine>();
            while (csv.Read())
                rows.Add(new TextLine(csv.GetField(text) ?? "", intent < 0 ? null : csv.GetField(intent)));
            return rows.ToImmutable();
        }
        catch (BadDataException)
        {
            return Unreadable(csv.Parser.RawRow, "a quotation mark stands where none may. Put a text that has one in quotation marks and double those inside.");
        }
    }

    private static Result<ImmutableArray<TextLine>> ReadJsonLines(string content)
    {
        var rows = ImmutableArray.CreateBuilder<TextLine>();
        foreach (var (line, json) in Lines(content))
        {
            try
            {
                using var document = JsonDocument.Parse(json);
                if (Member(document.RootElement, _textNames) is not { } text)
                    return Unreadable(line, $"there is no member {string.Join(", ", _textNames)}.");
                rows.Add(new TextLine(text, Member(document.RootElement, _intentNames)));
            }
            catch (JsonException)
            {
                return Unreadable(line, "this is no JSON object. The file needs one a line.");
            }
        }

        return rows.ToImmutable();
    }

    private static IEnumerable<(int Line, string Text)> Lines(string content) =>
        content.Split('\n').Select((line, at) => (at + 1, line.TrimEnd('\r'))).Where(line => !string.IsNullOrWhiteSpace(line.Item2));

    // Labels may be numbers; the text is a text.
    private static string? Member(JsonElement row, string[] names) =>
        row.ValueKind != JsonValueKind.Object ? null : names
            .Select(name => row.TryGetProperty(name, out var value) ? value.ValueKind switch
            {
                JsonValueKind.String => value.GetString(),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            } : null).FirstOrDefault(value => value is not null);

    private static Refusal Unreadable(int line, string what) => new(RefusalKind.Invalid, "texts.unreadable", $"Line {line}: {what}");
}
