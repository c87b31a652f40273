using System.Text.RegularExpressions;

namespace CustomerService.Nlu;

/// <summary>Finds payment card numbers: digits of an issuer's range and length that pass Luhn.</summary>
internal static partial class CardFinder
{
    private const int MinDigits = 12, MaxDigits = 19;

    // Longer than a card: the date and the code on its back may stand right behind it.
    [GeneratedRegex(@"(?<![\p{L}\p{N}+\-])\d(?:[ \u00A0\-]?\d){11,29}(?![\p{L}\p{N}]|-\d)", RegexOptions.CultureInvariant, Patterns.TimeoutMilliseconds)]
    private static partial Regex Digits { get; }

    public static void Find(string text, List<Candidate> found)
    {
        Span<char> digits = stackalloc char[MaxDigits];
        for (var at = 0; at < text.Length;)
        {
            var matches = Digits.EnumerateMatches(text, at);
            if (!matches.MoveNext())
                return;
            var match = matches.Current;
            at = match.Index + Add(text, match.Index, text.AsSpan(match.Index, match.Length), digits, found);
        }
    }

    // How far the run is done with: another card may follow the first.
    private static int Add(string text, int index, ReadOnlySpan<char> run, Span<char> digits, List<Candidate> found)
    {
        var before = Keywords.Before(text, index);
        if (before is KeywordKind.Order or KeywordKind.Tracking)
            return run.Length;
        var (from, length) = Within(run, before, digits);
        if (length > 0)
            found.Add(new(EntityKind.Card, index + from, length, new string(NumberText.DigitsOf(run.Slice(from, length), digits)), 1));
        else if (before is KeywordKind.Card && NumberText.CountDigits(run) is >= 13 and <= MaxDigits)
            found.Add(new(EntityKind.Card, index, run.Length, new string(NumberText.DigitsOf(run, digits)), 0.7));
        return length > 0 ? from + length : run.Length;
    }

    // The longest run of whole groups that is a card.
    private static (int From, int Length) Within(ReadOnlySpan<char> run, KeywordKind before, Span<char> digits)
    {
        for (var end = run.Length; end >= MinDigits; end = run[..(end - 1)].LastIndexOfAny(" \u00A0-"))
        {
            for (var from = 0; end - from >= MinDigits; from += Next(run[from..]))
            {
                var group = run[from..end];
                if (NumberText.CountDigits(group) > MaxDigits)
                    continue;
                var number = NumberText.DigitsOf(group, digits);
                // No telephone number has more than 15 digits (E.164).
                if (number.Length >= MinDigits && (before is not KeywordKind.Phone || number.Length > 15) && HasIssuer(number) && CheckDigits.Luhn(number))
                    return (from, group.Length);
            }
        }

        return default;
    }

    private static int Next(ReadOnlySpan<char> run) => run.IndexOfAny(" \u00A0-") is >= 0 and var separator ? separator + 1 : run.Length;

    // Ranges and lengths: Visa, Mastercard, American Express, Diners, Discover, JCB, UnionPay, Maestro.
    private static bool HasIssuer(ReadOnlySpan<char> number)
    {
        var four = int.Parse(number[..4]);
        return number.Length switch
        {
            16 when four is >= 2221 and <= 2720 or >= 5100 and <= 5599 => true,
            13 or 16 or 19 when four / 1000 == 4 => true,
            15 when four / 100 is 34 or 37 => true,
            14 when four / 100 is 36 or 38 or 39 || four / 10 is >= 300 and <= 305 => true,
            >= 16 when four is >= 3528 and <= 3589 || four / 100 is 60 or 62 or 64 or 65 => true,
            15 when four is 2131 or 1800 => true,
            >= 12 when four / 100 is 50 or >= 56 and <= 58 or 63 or 67 => true,
            _ => false,
        };
    }
}
