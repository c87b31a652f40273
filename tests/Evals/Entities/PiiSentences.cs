using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerService.Nlu;

namespace CustomerService.Evals;

/// <summary>Our own sentences with what is personal marked in them: <c>tests/Evals/Entities/pii.txt</c>, whose head says how.</summary>
internal static partial class PiiSentences
{
    [GeneratedRegex(@"\[(?<kind>[A-Z][A-Za-z]+):(?<text>[^\]]+?)(?:=>(?<value>[^\]]+))?\]", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Mark { get; }

    public static List<EntityCase> Read(string root, DateTimeOffset at, string file = "pii.txt") =>
        [.. File.ReadLines(Path.Combine(root, "tests/Evals/Entities", file)).Where(line => line.Length > 0 && line[0] != '#').Select(line => Parse(line, at))];

    /// <summary>Words of the names here that a text the tagger learns from has too: there should be none.</summary>
    public static List<string> KnownNames(IEnumerable<EntityCase> cases, EvalOptions options)
    {
        using var templates = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(options.Data, "presidio-research/generated_large.json")));
        var known = templates.RootElement.EnumerateArray().Select(item => item.GetProperty("full_text").GetString()!)
            .Append(File.ReadAllText(Path.Combine(options.Root, "models/train/entity-templates.txt"))).Append(FirstNames.Words)
            .SelectMany(Words).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return [.. cases.SelectMany(c => c.Expected.Where(e => e.Kind == EntityKind.Person).SelectMany(e => Words(c.Text.Substring(e.Offset, e.Length)))).Where(known.Contains).Distinct(StringComparer.OrdinalIgnoreCase).Order()];
    }

    private static IEnumerable<string> Words(string text) => Tokens.Of(text).Where(token => token.Length > 2).Select(token => text.Substring(token.Offset, token.Length));

    private static EntityCase Parse(string line, DateTimeOffset at)
    {
        var bar = line.IndexOf(" | ", StringComparison.Ordinal);
        var marked = line[(bar + 3)..].Replace("\\n", "\n", StringComparison.Ordinal);
        var (text, expected, end) = (new StringBuilder(), new List<ExpectedEntity>(), 0);
        foreach (Match mark in Mark.Matches(marked))
        {
            text.Append(marked, end, mark.Index - end);
            expected.Add(new(Enum.Parse<EntityKind>(mark.Groups["kind"].ValueSpan), text.Length, mark.Groups["text"].Length, mark.Groups["value"].Success ? mark.Groups["value"].Value : null));
            text.Append(mark.Groups["text"].ValueSpan);
            end = mark.Index + mark.Length;
        }

        return new(text.Append(marked, end, marked.Length - end).ToString(), new(at, line[..2], line[3..5]), expected);
    }
}
