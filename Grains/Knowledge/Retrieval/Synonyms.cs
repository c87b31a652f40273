namespace CustomerService.Knowledge;

/// <summary>What contacts call things beside what articles call them; a pack for customer support in four languages.</summary>
internal sealed class Synonyms
{
    private static readonly Dictionary<string, Synonyms> _byLanguage = new[] { "en", "de", "fr", "es" }.ToDictionary(l => l, Load);
    private static readonly Synonyms _none = new([]);
    private readonly Dictionary<string, List<(string[] Trigger, string[] Meanings)>> _byFirstWord = [];

    private Synonyms(IEnumerable<(string[] Trigger, string[] Meanings)> entries)
    {
        foreach (var entry in entries)
        {
            if (!_byFirstWord.TryGetValue(entry.Trigger[0], out var list))
                _byFirstWord[entry.Trigger[0]] = list = [];
            list.Add(entry);
        }
    }

    public static Synonyms For(string language) => _byLanguage.GetValueOrDefault(language, _none);

    /// <summary>The entries whose words stand at a place of the text.</summary>
    /// <param name="words">A text's words, folded.</param>
    /// <param name="at">The place.</param>
    /// <returns>How many words each entry takes there, and the stems that it means.</returns>
    public IEnumerable<(int Length, string[] Meanings)> At(List<string> words, int at)
    {
        if (!_byFirstWord.TryGetValue(words[at], out var entries))
            yield break;
        foreach (var (trigger, meanings) in entries)
        {
            if (at + trigger.Length <= words.Count && words.Slice(at, trigger.Length).SequenceEqual(trigger))
                yield return (trigger.Length, meanings);
        }
    }

    private static Synonyms Load(string language)
    {
        using var file = typeof(Synonyms).Assembly.GetManifestResourceStream($"CustomerService.Knowledge.Retrieval.Synonyms.{language}.txt")!;
        using var reader = new StreamReader(file);
        var lines = reader.ReadToEnd().Split('\n').Where(l => l.Contains(':') && l[0] != '#');
        return new(lines.SelectMany(line => Parse(line, language)));
    }

    private static IEnumerable<(string[] Trigger, string[] Meanings)> Parse(string line, string language)
    {
        var colon = line.IndexOf(':');
        var meanings = Words.Terms(line[(colon + 1)..], language).Distinct().ToArray();
        return line[..colon].Split(',').Select(phrase => (Words.Split(phrase).ToArray(), meanings));
    }
}
