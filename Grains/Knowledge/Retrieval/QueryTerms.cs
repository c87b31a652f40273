namespace CustomerService.Knowledge;

/// <summary>What a question looks for: a term, and others that would do instead.</summary>
/// <param name="Stem">The term as written, cut to its stem.</param>
/// <param name="Alternatives">Terms of the index that mean the same: synonyms, or the nearest spelling.</param>
/// <param name="Weight">How telling it is: that of the most telling of its forms which the index has.</param>
internal sealed record QueryTerm(string Stem, ImmutableArray<string> Alternatives, double Weight)
{
    public bool IsIn(HashSet<string> terms) => terms.Contains(Stem) || Alternatives.Any(terms.Contains);
}

/// <summary>Reads questions into terms.</summary>
internal static class QueryTerms
{
    private const int MaxTerms = 40, MinCorrectable = 5;

    /// <summary>The terms of a question, each once, at most 40.</summary>
    /// <param name="text">The question.</param>
    /// <param name="language">Its language.</param>
    /// <param name="words">The index that is asked, for spellings and weights.</param>
    public static List<QueryTerm> Read(string text, string language, Bm25 words)
    {
        var split = Words.Split(text);
        var synonyms = Synonyms.For(language);
        Dictionary<string, HashSet<string>> found = [];
        for (var at = 0; at < split.Count && found.Count < MaxTerms; at++)
        {
            var meanings = synonyms.At(split, at).ToArray();
            foreach (var term in Words.Terms(split[at], language))
                found.TryAdd(term, []);
            var stems = Words.Terms(string.Join(' ', split.Skip(at).Take(meanings.Length == 0 ? 1 : meanings.Max(m => m.Length))), language);
            var key = stems.FirstOrDefault() ?? (meanings.Length > 0 ? meanings[0].Meanings[0] : null);
            if (key is not null)
                AddMeanings(found, key, meanings.SelectMany(m => m.Meanings));
        }

        return [.. found.Select(f => Weigh(f.Key, f.Value, words))];
    }

    /// <summary>The text with slips put right: a word that no article has, one letter away from one that it has.</summary>
    public static string Correct(string text, string language, Bm25 words) => string.Join(' ', text.Split(' ').Select(word =>
        Words.Terms(word, language) is [var stem] && stem.Length >= MinCorrectable && !words.Knows(stem)
            && !Synonyms.For(language).At(Words.Split(word), 0).Any() && words.Nearest(stem) is { } corrected ? corrected : word));

    private static void AddMeanings(Dictionary<string, HashSet<string>> found, string key, IEnumerable<string> meanings)
    {
        if (!found.TryGetValue(key, out var alternatives))
            found[key] = alternatives = [];
        alternatives.UnionWith(meanings);
        alternatives.Remove(key);
    }

    private static QueryTerm Weigh(string stem, HashSet<string> alternatives, Bm25 words)
    {
        if (!words.Knows(stem) && alternatives.Count == 0 && stem.Length >= MinCorrectable && words.Nearest(stem) is { } corrected)
            alternatives.Add(corrected);
        var known = alternatives.Append(stem).Where(words.Knows).ToArray();
        return new QueryTerm(stem, [.. alternatives], known.Length == 0 ? words.Weight(stem) : known.Max(words.Weight));
    }
}
