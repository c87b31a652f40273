namespace CustomerService.Knowledge;

/// <summary>Cuts plain text into sentences.</summary>
internal static class Sentences
{
    private static readonly HashSet<string> _abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "e.g", "i.e", "etc", "approx", "no", "mr", "mrs", "ms", "dr", "st", "vs", "incl", "max", "min",
        "z.b", "b", "d.h", "h", "bzw", "ca", "nr", "str", "inkl", "evtl", "ggf", "usw", "zzgl",
        "p", "ex", "env", "m", "mme", "n°", "art", "sr", "sra", "ud", "uds", "aprox", "núm", "pág",
    };

    /// <summary>The sentences' places in the text, without the space between them.</summary>
    /// <param name="text">One paragraph.</param>
    /// <param name="language">ISO 639-1; in German and its neighbours "1." counts on.</param>
    public static IEnumerable<(int Start, int Length)> Split(string text, string language)
    {
        var start = 0;
        for (var i = 0; i < text.Length; i++)
        {
            if (!IsEnd(text, i, language))
                continue;
            var end = i + 1;
            while (end < text.Length && text[end] is '"' or '”' or '»' or '’' or ')' or '」' or '.' or '!' or '?' or '…')
                end++;
            if (Trim(text, start, end) is { Length: > 0 } sentence)
                yield return sentence;
            (start, i) = (end, end - 1);
        }

        if (Trim(text, start, text.Length) is { Length: > 0 } rest)
            yield return rest;
    }

    private static bool IsEnd(string text, int at, string language)
    {
        switch (text[at])
        {
            case '。' or '！' or '？' or '｡': return true;
            case '!' or '?' or '…' or '؟' or '।' or ';' when text[at] is not ';' || language == "el": return NextStartsSentence(text, at);
            case '.': return NextStartsSentence(text, at) && !IsAbbreviation(text, at, language);
            default: return false;
        }
    }

    private static bool NextStartsSentence(string text, int at)
    {
        var next = at + 1;
        while (next < text.Length && !char.IsWhiteSpace(text[next]) && !char.IsLetterOrDigit(text[next]))
            next++;
        if (next == text.Length)
            return true;
        if (!char.IsWhiteSpace(text[next]))
            return false;
        while (next < text.Length && (char.IsWhiteSpace(text[next]) || text[next] is '"' or '“' or '„' or '«' or '»' or '(' or '¿' or '¡' or '\''))
            next++;
        return next == text.Length || !char.IsLower(text[next]);
    }

    private static bool IsAbbreviation(string text, int at, string language)
    {
        var start = at;
        while (start > 0 && (char.IsLetterOrDigit(text[start - 1]) || text[start - 1] is '.' or '°'))
            start--;
        var word = text.AsSpan(start, at - start);
        if (word.Length is 1 or 2 && char.IsAsciiDigit(word[0]) && char.IsAsciiDigit(word[^1]))
            return language is "de" or "da" or "no" or "fi" or "cs" or "pl" or "tr";
        return (word.Length == 1 && char.IsUpper(word[0])) || _abbreviations.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
    }

    private static (int Start, int Length) Trim(string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        return (start, end - start);
    }
}
