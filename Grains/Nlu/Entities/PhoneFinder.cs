using System.Collections.Frozen;
using System.Text.RegularExpressions;

namespace CustomerService.Nlu;

/// <summary>Finds telephone numbers and writes them as E.164 when the country is known.</summary>
internal static partial class PhoneFinder
{
    [GeneratedRegex(@"(?<![\p{L}\p{N}#@_/$€£]|\d[.,\-])(?:\+|00)?(?:\(\+?\d{1,5}\)|\d)(?:[ \u00A0.\-/]{0,2}(?:\(\d{1,5}\)|\d)){5,17}(?:(?: ?x| ?ext\.? ?)\d{1,6})?(?![\p{L}\p{N}@]|[.,:]\d)", RegexOptions.CultureInvariant, Patterns.TimeoutMilliseconds)]
    private static partial Regex Number { get; }

    // Country calling code, and the digit dialled before a national number within the country (ITU-T E.164 annex).
    private static readonly FrozenDictionary<string, (string Code, string Trunk)> s_countries = Parse(
        "US1,1 CA1,1 GB44,0 IE353,0 DE49,0 AT43,0 CH41,0 FR33,0 BE32,0 NL31,0 LU352 ES34 PT351 IT39 GR30 DK45 NO47 SE46,0 FI358,0 PL48 CZ420 SK421,0 HU36,06 RO40,0 BG359,0 " +
        "UA380,0 RU7,8 TR90,0 IL972,0 AE971,0 SA966,0 EG20,0 IN91,0 JP81,0 KR82,0 CN86,0 AU61,0 NZ64,0 BR55,0 MX52 AR54,0 ZA27,0");

    public static void Find(string text, in EntityContext context, List<Candidate> found)
    {
        Span<char> buffer = stackalloc char[24];
        foreach (var match in Number.EnumerateMatches(text))
        {
            var number = text.AsSpan(match.Index, match.Length);
            var keyword = Keywords.Before(text, match.Index);
            var digits = NumberText.DigitsOf(WithoutExtension(number), buffer);
            var confidence = Confidence(number, digits.Length, keyword);
            if (confidence > 0)
                found.Add(new(EntityKind.Phone, match.Index, match.Length, Normalise(number, digits, context.Country), confidence));
        }
    }

    private static double Confidence(ReadOnlySpan<char> number, int digits, KeywordKind keyword)
    {
        if (digits is < 6 or > 15 || keyword is KeywordKind.Order or KeywordKind.Sku or KeywordKind.Tracking or KeywordKind.Card && number[0] != '+')
            return 0;
        var international = number[0] == '+' || number.StartsWith("(+", StringComparison.Ordinal);
        if (!international && DateShape.IsMatch(number))
            return 0;
        if (international)
            return digits >= 8 ? 0.95 : 0;
        if (keyword == KeywordKind.Phone)
            return 0.9;
        if (keyword == KeywordKind.Other)
            return 0;
        return number.StartsWith("000", StringComparison.Ordinal) ? 0
            : number.StartsWith("00", StringComparison.Ordinal) && digits >= 10 ? 0.9
            : ByGroups(number, digits);
    }

    // Without a word that announces it: by how its digits are grouped. A house number or an amount has no such groups.
    private static double ByGroups(ReadOnlySpan<char> number, int digits)
    {
        var groups = 1;
        foreach (var c in number)
            groups += c is ' ' or '\u00A0' or '.' or '-' or '/' or ')' ? 1 : 0;
        if (groups == 1)
            return number[0] == '0' && digits is >= 9 and <= 11 ? 0.6 : 0;
        return number[0] is '0' or '(' && digits >= 7 ? 0.9
            : digits is >= 8 and <= 11 ? 0.75
            : digits == 7 && !Thousands.IsMatch(number) || digits is 12 or 13 && groups > 2 ? 0.6
            : digits == 6 && groups == 3 && !Thousands.IsMatch(number) ? 0.55
            : 0;
    }

    // "12 500 000", and four by four as cards are written.
    [GeneratedRegex(@"^\d{1,3}(?:[ \u00A0.]\d{3})+$|^\d{4}(?:[ \u00A0\-]\d{4}){2}", RegexOptions.CultureInvariant, Patterns.TimeoutMilliseconds)]
    private static partial Regex Thousands { get; }

    [GeneratedRegex(@"^(?:\d{4}[\-/.]\d{1,2}[\-/.]\d{1,2}|\d{1,2}[\-/.]\d{1,2}[\-/.](?:19|20)?\d{2})(?![\-/.\d])|^\d{3}-\d{2}-\d{4}$", RegexOptions.CultureInvariant, Patterns.TimeoutMilliseconds)]
    private static partial Regex DateShape { get; }

    private static ReadOnlySpan<char> WithoutExtension(ReadOnlySpan<char> number) =>
        number.IndexOfAny('x', 'e') is >= 0 and var end ? number[..end] : number;

    private static string Normalise(ReadOnlySpan<char> number, ReadOnlySpan<char> digits, string? country)
    {
        if (number.Contains('+'))
            return string.Concat("+", WithoutTrunkInBrackets(number, digits));
        if (digits.StartsWith("001", StringComparison.Ordinal) && digits.Length == 13 || digits.StartsWith("00", StringComparison.Ordinal) && digits.Length >= 11)
            return string.Concat("+", digits[2..]);
        if (country is null || !s_countries.TryGetValue(country, out var plan))
            return digits.ToString();
        if (plan.Trunk.Length > 0 && digits.StartsWith(plan.Trunk, StringComparison.Ordinal) && digits.Length > 7)
            digits = digits[plan.Trunk.Length..];
        return string.Concat("+", plan.Code, digits);
    }

    // +44 (0)20 7946 0958: the bracketed zero is not dialled from abroad.
    private static ReadOnlySpan<char> WithoutTrunkInBrackets(ReadOnlySpan<char> number, ReadOnlySpan<char> digits)
    {
        var bracket = number.IndexOf("(0)", StringComparison.Ordinal);
        if (bracket < 0)
            return digits;
        var before = 0;
        foreach (var c in number[..bracket])
            before += char.IsAsciiDigit(c) ? 1 : 0;
        return string.Concat(digits[..before], digits[(before + 1)..]);
    }

    private static FrozenDictionary<string, (string, string)> Parse(string table) => table.Split(' ').ToFrozenDictionary(
        entry => entry[..2], entry => entry[2..].Split(',') is [var code, var trunk] ? (code, trunk) : (entry[2..], ""));
}
