using System.Globalization;
using System.Text;
using CustomerService.Nlu;

namespace CustomerService.Knowledge;

/// <summary>Turns text into the terms that are searched: folded, without stop words, cut to their stems; pairs of characters where no space parts words.</summary>
internal static class Words
{
    /// <summary>The terms of a text in order; a repeated word is there again.</summary>
    public static List<string> Terms(string text, string language)
    {
        List<string> terms = [];
        foreach (var word in Split(text))
        {
            // Hangul has spaces, but its particles make pairs better there too.
            if (WritingSystems.IsUnspaced(word[0]))
                AddPairs(word, terms);
            else if (!StopWords.Contains(word, language) && Stemmer.Stem(word, language) is { Length: > 0 } stem)
                terms.Add(stem);
        }

        return terms;
    }

    /// <summary>The words of a text, folded to lower case without accents; a run of Chinese or Japanese is one word.</summary>
    public static List<string> Split(string text)
    {
        List<string> words = [];
        var word = new StringBuilder();
        var unspaced = false;
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            var isApostrophe = c is '\'' or '’' && word.Length > 0 && i + 1 < text.Length && char.IsLetter(text[i + 1]);
            var isPoint = c is '.' or ',' && word.Length > 0 && char.IsDigit(word[^1]) && i + 1 < text.Length && char.IsDigit(text[i + 1]);
            if (isApostrophe)
            {
                Elide(word);
                continue;
            }

            if (!char.IsLetterOrDigit(c) && !isPoint && !char.IsSurrogate(c) && CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark)
            {
                End(word, words);
                continue;
            }

            if (word.Length > 0 && unspaced != WritingSystems.IsUnspaced(c))
                End(word, words);
            unspaced = WritingSystems.IsUnspaced(c);
            Fold(isPoint ? '.' : c, word);
        }

        End(word, words);
        return words;
    }

    private static void End(StringBuilder word, List<string> words)
    {
        if (word.Length > 0)
            words.Add(word.ToString());
        word.Clear();
    }

    // French l'adresse, qu'il: the article is dropped. English don't stays one word: dont.
    private static void Elide(StringBuilder word)
    {
        if (word.Length == 1 || (word.Length == 2 && word[0] == 'q'))
            word.Clear();
    }

    private static void Fold(char c, StringBuilder word)
    {
        c = char.ToLowerInvariant(c);
        switch (c)
        {
            case 'ß': word.Append("ss"); return;
            case 'æ': word.Append("ae"); return;
            case 'œ': word.Append("oe"); return;
            case 'ø': word.Append('o'); return;
            case 'ł': word.Append('l'); return;
            case 'đ': word.Append('d'); return;
            case 'ı': word.Append('i'); return;
        }

        if (c < 0x80 || c is >= '\u3000' and < '\uFB00' || char.IsSurrogate(c))
        {
            word.Append(c);
            return;
        }

        foreach (var part in c.ToString().Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(part) != UnicodeCategory.NonSpacingMark)
                word.Append(part);
        }
    }

    private static void AddPairs(string run, List<string> terms)
    {
        if (run.Length == 1)
            terms.Add(run);
        for (var i = 0; i + 1 < run.Length; i++)
            terms.Add(run.Substring(i, 2));
    }
}
