using System.Text.RegularExpressions;

namespace CustomerService.Nlu;

/// <summary>Finds order ids, article numbers and tracking numbers, by their shape and by the word that announces them.</summary>
internal static partial class CodeFinder
{
    [GeneratedRegex(@"(?<![\p{Lu}\p{Ll}\p{N}@/._\-+$€£])#?[\p{Lu}\p{Ll}0-9](?:[A-Za-z0-9]|[\-_/](?=[A-Za-z0-9])){2,39}(?![\p{Ll}\p{Lu}\p{N}@]|[.,]\d)", RegexOptions.CultureInvariant, Patterns.TimeoutMilliseconds)]
    private static partial Regex Code { get; }

    [GeneratedRegex(@"^#?(?:ORD|ORDER|PO|SO|BEST|WEB|EC|OR)[\-_/]?[A-Z0-9\-_/]{3,}$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, Patterns.TimeoutMilliseconds)]
    private static partial Regex OrderShape { get; }

    [GeneratedRegex(@"^[A-Z]{2,6}(?:-[A-Z0-9]{1,8}){1,4}$", RegexOptions.CultureInvariant, Patterns.TimeoutMilliseconds)]
    private static partial Regex SkuShape { get; }

    // "QM-104233": a shop's letters and a running number, whoever announces it.
    [GeneratedRegex(@"^[A-Z]{1,4}-[0-9]{5,12}$", RegexOptions.CultureInvariant, Patterns.TimeoutMilliseconds)]
    private static partial Regex NumberedShape { get; }

    [GeneratedRegex(@"^\s{0,2}(?:,|;|&|/|and|or|und|oder|et|ou|y|o|e)\s{0,2}(?:and\s)?$", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, Patterns.TimeoutMilliseconds)]
    private static partial Regex ListSeparator { get; }

    public static void Find(string text, List<Candidate> found)
    {
        var last = default(Candidate);
        foreach (var match in Code.EnumerateMatches(text))
        {
            var offset = match.Index + AttachedWord(text.AsSpan(match.Index, match.Length));
            var code = text.AsSpan(offset, match.Index + match.Length - offset);
            if (!code.ContainsAnyInRange('0', '9'))
                continue;
            var candidate = FromShape(offset, code) ?? FromKeyword(text, offset, code) ?? FromList(text, last, offset, code);
            if (candidate is { } value)
                found.Add(last = value);
        }
    }

    // "order113542617735902"
    private static int AttachedWord(ReadOnlySpan<char> code) =>
        code.StartsWith("order", StringComparison.Ordinal) && code.Length > 10 && char.IsAsciiDigit(code[5]) ? 5
        : code.StartsWith("purchase", StringComparison.Ordinal) && code.Length > 13 && char.IsAsciiDigit(code[8]) ? 8
        : 0;

    private static Candidate? FromShape(int offset, ReadOnlySpan<char> code)
    {
        var upper = code.ToString().ToUpperInvariant();
        if (upper is ['1', 'Z', ..] && upper.Length == 18 && upper.All(char.IsAsciiLetterOrDigit))
            return new(EntityKind.TrackingNumber, offset, code.Length, upper, CheckDigits.Ups(upper.AsSpan(2)) ? 1 : 0.9);
        if (upper.Length == 13 && upper[..2].All(char.IsAsciiLetter) && upper[11..].All(char.IsAsciiLetter) && upper[2..11].All(char.IsAsciiDigit))
            return new(EntityKind.TrackingNumber, offset, code.Length, upper, CheckDigits.S10(upper.AsSpan(2, 9)) ? 1 : 0.8);
        if (upper.StartsWith("JJD", StringComparison.Ordinal) && upper.Length is >= 16 and <= 24 || upper.Length is 20 or 22 && upper[0] == '9' && upper[1] is >= '1' and <= '5' && upper.All(char.IsAsciiDigit))
            return new(EntityKind.TrackingNumber, offset, code.Length, upper, 0.9);
        return null;
    }

    private static Candidate? FromKeyword(string text, int offset, ReadOnlySpan<char> code)
    {
        var digits = NumberText.CountDigits(code);
        var keyword = Keywords.Before(text, offset);
        if (keyword == KeywordKind.None)
            keyword = Keywords.After(text, offset + code.Length);
        var isCode = digits >= 4 || digits >= 2 && code.Length >= 5 || code[0] == '#' && digits >= 3;
        if (!isCode || LooksLikeDate(code) || LooksLikeRange(code))
            return null;
        (EntityKind Kind, double Confidence)? kind = keyword switch
        {
            KeywordKind.Order => (EntityKind.OrderId, 0.95),
            KeywordKind.Tracking when code.Length >= 8 => (EntityKind.TrackingNumber, 0.95),
            KeywordKind.Sku => (EntityKind.Sku, 0.9),
            _ when OrderShape.IsMatch(code) => (EntityKind.OrderId, 0.85),
            KeywordKind.None when SkuShape.IsMatch(code) && code.Count('-') > 1 => (EntityKind.Sku, 0.7),
            KeywordKind.None when NumberedShape.IsMatch(code) => (EntityKind.OrderId, 0.7),
            KeywordKind.None when code[0] == '#' => (EntityKind.OrderId, 0.7),
            // A long number that nothing explains is most often an order's.
            KeywordKind.None when digits == code.Length && digits is >= 8 and <= 19 => (EntityKind.OrderId, 0.5),
            _ => null,
        };
        return kind is { } found ? Create(found.Kind, offset, code, found.Confidence) : null;
    }

    // "orders 11111, 22222 and 33333"
    private static Candidate? FromList(string text, Candidate last, int offset, ReadOnlySpan<char> code) =>
        last.Length > 0 && last.Kind is EntityKind.OrderId or EntityKind.TrackingNumber && NumberText.CountDigits(code) >= 4
        && offset - last.End <= 8 && ListSeparator.IsMatch(text.AsSpan(last.End, offset - last.End))
            ? Create(last.Kind, offset, code, last.Confidence - 0.1)
            : null;

    private static Candidate Create(EntityKind kind, int offset, ReadOnlySpan<char> code, double confidence) =>
        new(kind, offset, code.Length, code.TrimStart('#').ToString().ToUpperInvariant(), confidence);

    private static bool LooksLikeDate(ReadOnlySpan<char> code) =>
        code.Length is >= 8 and <= 10 && code.Count('-') + code.Count('/') == 2 && NumberText.CountDigits(code) == code.Length - 2;

    // "10-15 pieces"
    private static bool LooksLikeRange(ReadOnlySpan<char> code) => code.Length <= 7 && code.Count('-') == 1 && NumberText.CountDigits(code) == code.Length - 1 && code.IndexOf('-') <= 3;
}
