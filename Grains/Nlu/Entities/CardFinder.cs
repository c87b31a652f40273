using System.Text.RegularExpressions;

namespace CustomerService.Nlu;

/// <summary>Finds payment card numbers: digits of an issuer's range and length that pass Luhn.</summary>
internal static partial class CardFinder
{
    [GeneratedRegex(@"(?<![\p{L}\p{N}+\-])\d(?:[ \u00A0\-]?\d){11,18}(?![\p{L}\p{N}]|-\d)", RegexOptions.CultureInvariant, Patterns.TimeoutMilliseconds)]
    private static partial Regex Digits { get; }

    public static void Find(string text, List<Candidate> found)
    {
        Span<char> digits = stackalloc char[19];
        foreach (var match in Digits.EnumerateMatches(text))
        {
            var number = NumberText.DigitsOf(text.AsSpan(match.Index, match.Length), digits);
            var before = Keywords.Before(text, match.Index);
            if (before is KeywordKind.Order or KeywordKind.Tracking or KeywordKind.Phone)
                continue;
            if (HasIssuer(number) && CheckDigits.Luhn(number))
                found.Add(new(EntityKind.Card, match.Index, match.Length, new string(number), 1));
            else if (before is KeywordKind.Card && number.Length is >= 13 and <= 19)
                found.Add(new(EntityKind.Card, match.Index, match.Length, new string(number), 0.7));
        }
    }

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
