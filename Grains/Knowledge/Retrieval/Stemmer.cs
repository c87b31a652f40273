namespace CustomerService.Knowledge;

/// <summary>Cuts the endings that inflection adds: enough to meet "cancelled" with "cancellation", no more.</summary>
internal static class Stemmer
{
    private static readonly Dictionary<string, string> _irregular = new()
    {
        ["paid"] = "pay",
        ["sent"] = "send",
        ["bought"] = "buy",
        ["lost"] = "lose",
        ["broke"] = "break",
        ["broken"] = "break",
        ["took"] = "take",
        ["taken"] = "take",
        ["forgot"] = "forget",
        ["forgotten"] = "forget",
        ["chose"] = "choose",
        ["chosen"] = "choose",
        ["given"] = "give",
        ["gave"] = "give",
        ["kept"] = "keep",
        ["came"] = "come",
        ["wrote"] = "write",
        ["written"] = "write",
        ["sold"] = "sell",
        ["money"] = "money",
        ["price"] = "price",
        ["days"] = "day",
        ["sign"] = "sign",
        ["signed"] = "sign",
    };

    private static readonly string[] _english = ["ational", "ations", "ation", "ments", "ment", "ness", "ings", "ing", "ally", "ery", "eries", "ied", "ies", "edly", "ed", "ers", "er", "ions", "ion", "ly", "es", "s", "e", "y"];
    private static readonly string[] _german = ["ungen", "ung", "heiten", "heit", "keiten", "keit", "enen", "eten", "ete", "ern", "end", "em", "en", "er", "es", "et", "st", "e", "s", "n", "t"];
    private static readonly string[] _french = ["issements", "issement", "ements", "ement", "ations", "ation", "ments", "ment", "euses", "euse", "eurs", "eur", "ables", "able", "ions", "ion", "erez", "iez", "ees", "ee", "es", "er", "ez", "ir", "ent", "ant", "ais", "ait", "is", "it", "e", "s", "x", "r"];
    private static readonly string[] _spanish = ["aciones", "acion", "imientos", "imiento", "amientos", "amiento", "uciones", "ucion", "iones", "ion", "mente", "ables", "able", "ados", "adas", "ado", "ada", "idos", "idas", "ido", "ida", "ando", "iendo", "ares", "ar", "er", "ir", "arse", "os", "as", "es", "o", "a", "e", "s"];

    public static string Stem(string word, string language)
    {
        if (word.Length <= 3 || char.IsDigit(word[0]))
            return word;
        return language switch
        {
            "en" => _irregular.TryGetValue(word, out var stem) ? stem : Cut(word, _english, minStem: 3),
            "de" => Cut(word.StartsWith("ge", StringComparison.Ordinal) && word.Length > 7 ? word[2..] : word, _german, minStem: 4),
            "fr" => Cut(word, _french, minStem: 3),
            "es" => Cut(word, _spanish, minStem: 3),
            _ => word,
        };
    }

    // The longest ending goes, then a doubled consonant: cancelled, cancell, cancel.
    private static string Cut(string word, string[] endings, int minStem)
    {
        var cut = 0;
        foreach (var ending in endings)
        {
            if (ending.Length > cut && word.Length - ending.Length >= minStem && word.EndsWith(ending, StringComparison.Ordinal))
                cut = ending.Length;
        }

        var stem = word.AsSpan(0, word.Length - cut);
        if (cut > 0 && stem.Length > minStem && stem[^1] == stem[^2] && stem[^1] is not ('a' or 'e' or 'i' or 'o' or 'u'))
            stem = stem[..^1];
        return stem.Length == word.Length ? word : stem.ToString();
    }
}
