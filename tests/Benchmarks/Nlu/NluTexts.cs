using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerService.Benchmarks;

/// <summary>A text and what it is.</summary>
internal sealed record Labelled(string Text, string Label);

/// <summary>What all that are measured get: messages of three lengths, and our own labelled sentences for the accuracy.</summary>
internal sealed record NluTexts(
    Dictionary<int, List<string>> Texts, IReadOnlyList<string> Codes, List<Labelled> Languages, List<Labelled> Sentiments, List<Labelled> Train, List<Labelled> Test)
{
    public static readonly int[] Lengths = [7, 30, 120];
    private const int TextsPerLength = 60;

    public static NluTexts Read(string root)
    {
        var train = Rows(root, "intents-en.tsv", label: 0, text: 1);
        var known = train.Select(row => row.Label).ToHashSet();
        var test = Rows(root, "intents-en-eval.tsv", label: 0, text: 1);
        return new(
            Lengths.ToDictionary(length => length, length => OfWords(length, test)), CustomerService.Nlu.Languages.All, Rows(root, "intents-others-eval.tsv", label: 0, text: 2),
            Rows(root, "sentiment-en-eval.tsv", label: 0, text: 1), train, [.. test.Where(row => known.Contains(row.Label))]);
    }

    /// <summary>Writes the texts for the peers that run outside.</summary>
    public void Write(string path) => File.WriteAllText(path, JsonSerializer.Serialize(this, NluTextsJson.Default.NluTexts));

    // Sentences of contacts one behind the other, cut to exactly so many words.
    private static List<string> OfWords(int length, List<Labelled> sentences)
    {
        var words = sentences.SelectMany(row => row.Text.Split(' ')).ToArray();
        return [.. Enumerable.Range(0, TextsPerLength).Select(i => string.Join(' ', Enumerable.Range(i * 17, length).Select(word => words[word % words.Length])))];
    }

    private static List<Labelled> Rows(string root, string file, int label, int text) =>
        [.. File.ReadLines(Path.Combine(root, "models/data", file)).Select(line => line.Split('\t')).Where(columns => columns.Length > text).Select(columns => new Labelled(columns[text].Trim(), columns[label]))];
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(NluTexts))]
[JsonSerializable(typeof(Dictionary<string, double>))]
internal sealed partial class NluTextsJson : JsonSerializerContext;
