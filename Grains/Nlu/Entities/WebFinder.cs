using System.Text.RegularExpressions;

namespace CustomerService.Nlu;

/// <summary>Finds email and web addresses.</summary>
internal static partial class WebFinder
{
    // RFC 5321: at most 64 characters before the @, 63 a label. Bounds keep the time linear.
    [GeneratedRegex(@"(?<![\p{L}\p{N}._%+\-])[\p{L}\p{N}_%+][\p{L}\p{N}._%+'’\-]{0,63}@(?:[\p{L}\p{N}](?:[\p{L}\p{N}\-]{0,62})\.){1,6}\p{L}{2,24}(?![\p{L}\p{N}\-@])", RegexOptions.CultureInvariant, Patterns.TimeoutMilliseconds)]
    private static partial Regex Email { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}@._\-])(?:https?://|www\.)[^\s<>""„“”«»]{2,2000}", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, Patterns.TimeoutMilliseconds)]
    private static partial Regex Url { get; }

    // Without a scheme only under well-known domains: "end.Then" is no address.
    [GeneratedRegex(@"(?<![\p{L}\p{N}@._\-/])(?:[a-z0-9][a-z0-9\-]{0,62}\.){1,4}(?:com|net|org|info|biz|io|shop|store|app|dev|eu|co\.uk|uk|de|at|ch|fr|es|it|nl|be|pl|se|no|dk|fi|pt|cz|ru|ua|tr|gr|jp|cn|kr|il|in|br|ca|us|au)(?![\p{L}\p{N}@\-]|\.[\p{L}\p{N}])(?:/[^\s<>""]{0,1000})?", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, Patterns.TimeoutMilliseconds)]
    private static partial Regex Domain { get; }

    public static void Find(string text, List<Candidate> found)
    {
        if (text.Contains('@'))
        {
            foreach (var match in Email.EnumerateMatches(text))
                found.Add(new(EntityKind.Email, match.Index, match.Length, text.Substring(match.Index, match.Length).ToLowerInvariant(), 0.99));
        }

        if (!text.Contains('.'))
            return;
        foreach (var match in Url.EnumerateMatches(text))
            AddUrl(text, match, 0.99, found);
        foreach (var match in Domain.EnumerateMatches(text))
            AddUrl(text, match, 0.8, found);
    }

    private static void AddUrl(string text, ValueMatch match, double confidence, List<Candidate> found)
    {
        var length = TrimmedLength(text.AsSpan(match.Index, match.Length));
        var url = text.Substring(match.Index, length);
        found.Add(new(EntityKind.Url, match.Index, length, url.Contains("://", StringComparison.Ordinal) ? url : "https://" + url, confidence));
    }

    // What ends a sentence or closes a bracket that was opened before the address is not part of it.
    private static int TrimmedLength(ReadOnlySpan<char> url)
    {
        while (url.Length > 0 && (url[^1] is '.' or ',' or ';' or ':' or '!' or '?' or '\'' or '’' or '*' or '>' or '\\' || url[^1] is ')' && !url.Contains('(') || url[^1] is ']' && !url.Contains('[')))
            url = url[..^1];
        return url.Length;
    }
}
