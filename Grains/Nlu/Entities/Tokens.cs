using System.Globalization;

namespace CustomerService.Nlu;

/// <summary>A piece of a text: a word, a run of digits, one sign, or the end of a line.</summary>
internal readonly record struct Token(int Offset, int Length)
{
    public int End => Offset + Length;
}

/// <summary>Cuts a text into tokens; blanks belong to none.</summary>
internal static class Tokens
{
    public static List<Token> Of(string text)
    {
        var tokens = new List<Token>(text.Length / 4 + 4);
        for (var i = 0; i < text.Length;)
        {
            var length = LengthAt(text, i);
            if (length > 0)
                tokens.Add(new(i, length));
            i += Math.Max(length, 1);
        }

        return tokens;
    }

    private static int LengthAt(string text, int i)
    {
        if (text[i] == '\n')
            return 1;
        if (char.IsWhiteSpace(text[i]))
            return 0;
        var end = i;
        if (IsWordPart(text[i]))
        {
            while (end < text.Length && (IsWordPart(text[end]) || IsInnerApostrophe(text, end)))
                end++;
        }
        else if (char.IsDigit(text[i]))
        {
            while (end < text.Length && char.IsDigit(text[end]))
                end++;
        }
        else
            end += char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]) ? 2 : 1;
        return end - i;
    }

    private static bool IsWordPart(char c) =>
        char.IsLetter(c) || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    // O'Brien and don't are words; the possessive in Anna's is not part of the name.
    private static bool IsInnerApostrophe(string text, int i) =>
        text[i] is '\'' or '’' && i + 1 < text.Length && char.IsLetter(text[i + 1])
        && !(text[i + 1] is 's' or 'S' && (i + 2 == text.Length || !char.IsLetter(text[i + 2])));
}
