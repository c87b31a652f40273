using System.Text.RegularExpressions;

namespace CustomerService.Nlu;

/// <summary>A piece of a message's text.</summary>
internal readonly record struct Clause(int Offset, int Length)
{
    public string Of(string text) => text.Substring(Offset, Length);
}

/// <summary>Cuts a message where one request may end and the next begin: after a sentence, at a new line, and before words such as "and also".</summary>
internal static partial class Clauses
{
    public const int Most = 8;

    // A shorter piece is no request of its own.
    private const int LeastWords = 3;

    /// <summary>The message's pieces in order, at most <see cref="Most"/>; a piece of fewer than three words goes with its neighbour. One piece when there is nothing to cut.</summary>
    public static List<Clause> Of(string text)
    {
        var clauses = new List<Clause>();
        var start = 0;
        foreach (var cut in Boundaries().EnumerateMatches(text))
        {
            Add(clauses, text, start, cut.Index);
            start = cut.Index;
        }

        Add(clauses, text, start, text.Length);
        return clauses;
    }

    private static void Add(List<Clause> clauses, string text, int start, int end)
    {
        while (start < end && char.IsWhiteSpace(text[start]))
            start++;
        while (end > start && char.IsWhiteSpace(text[end - 1]))
            end--;
        if (start == end)
            return;

        var isShort = clauses.Count > 0 && (clauses.Count == Most || Words(text.AsSpan(start, end - start)) < LeastWords || Words(clauses[^1].Of(text)) < LeastWords);
        if (isShort)
            clauses[^1] = clauses[^1] with { Length = end - clauses[^1].Offset };
        else
            clauses.Add(new Clause(start, end - start));
    }

    // An ideograph is a word.
    private static int Words(ReadOnlySpan<char> text)
    {
        var (words, inside) = (0, false);
        foreach (var c in text)
        {
            var letter = char.IsLetterOrDigit(c) || c is '\'' or '’';
            words += letter && (!inside || c is >= '\u3040' and <= '\u9FFF') ? 1 : 0;
            inside = letter;
        }

        return words;
    }

    // After the end of a sentence or line; before "and", "also", "then" and their like in the other languages.
    [GeneratedRegex("""
        (?<=[.!?;。！？；؟।]["”'’)]*)\s{1,8}(?=\S) | (?<=[。！？；]) | \n+
        | (?:[,\s]\s{0,8}(?:and|also|plus|additionally|besides|furthermore|another\ thing|one\ more\ thing|und|außerdem|ausserdem|zudem|ferner|et|aussi|ensuite|puis|y|e|además|también|
          inoltre|anche|além\ disso|também|en|ook|daarnaast|bovendien|og|også|och|också|dessutom|desuden|dessuten|ja|lisäksi|myös|oraz|także|ponadto|a\ také|dále|и|также|ещё|та|також|και|επίσης|ve|ayrıca|और|وأيضا|أيضا|וגם|בנוסף))+(?=\s)
        """, RegexOptions.IgnoreCase | RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Boundaries();
}
