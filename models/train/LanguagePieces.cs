using CustomerService.Nlu;

namespace CustomerService.Training;

/// <summary>Cuts single words and pairs out of a sentence.</summary>
internal static class LanguagePieces
{
    /// <summary>Some neighbouring words of a text; of text without spaces, two or four characters stand for them.</summary>
    public static string Cut(string text, int words, Random random)
    {
        var all = text.Split([' ', '\u00A0'], StringSplitOptions.RemoveEmptyEntries).Select(Trim).Where(word => word.Length > 0 && word.All(IsLetter)).ToArray();
        if (text.Any(c => WritingSystems.Of(c) is WritingSystem.Han or WritingSystem.Kana))
            all = [.. text.Where(c => WritingSystems.Of(c) is WritingSystem.Han or WritingSystem.Kana).Chunk(2).Where(c => c.Length == 2).Select(c => new string(c))];
        if (all.Length < words)
            return "";
        var from = random.Next(all.Length - words + 1);
        return string.Join(all[from][0] >= '\u3040' && all[from][0] < '\uA000' ? "" : " ", all[from..(from + words)]);
    }

    private static string Trim(string word) => word.Trim(',', '.', ';', ':', '!', '?', '"', '“', '”', '„', '«', '»', '(', ')', '\'', '’', '‘', '-', '–', '—', '।', '…', '،');

    private static bool IsLetter(char c) => WritingSystems.Of(c) != WritingSystem.None || c is '\'' or '’' or '-';
}
