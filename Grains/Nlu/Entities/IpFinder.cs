using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace CustomerService.Nlu;

/// <summary>Finds Internet addresses of version 4 and 6.</summary>
internal static partial class IpFinder
{
    // Leading zeros are read as decimal, as people mean them; .NET would read them as octal.
    [GeneratedRegex(@"(?<![\p{L}\p{N}.\-]|\bv)(?:0{0,2}(?<n>25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)(?:\.|(?![\p{L}\p{N}]|[.\-]\d))){4}(?<!\.)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, Patterns.TimeoutMilliseconds)]
    private static partial Regex Version4 { get; }

    [GeneratedRegex(@"(?<![\p{L}\p{N}:.])[0-9a-f:]{2,39}(?:\d{1,3}(?:\.\d{1,3}){3})?(?![\p{L}\p{N}:]|\.\d)", RegexOptions.CultureInvariant | RegexOptions.IgnoreCase, Patterns.TimeoutMilliseconds)]
    private static partial Regex Version6 { get; }

    public static void Find(string text, List<Candidate> found)
    {
        if (text.AsSpan().Count('.') >= 3)
        {
            foreach (Match match in Version4.Matches(text))
            {
                if (!IsVersionOfSoftware(text.AsSpan(0, match.Index)))
                    found.Add(new(EntityKind.IpAddress, match.Index, match.Length, string.Join('.', match.Groups["n"].Captures.Select(n => n.Value)), 0.97));
            }
        }

        if (text.AsSpan().Count(':') < 2)
            return;
        foreach (var match in Version6.EnumerateMatches(text))
        {
            var address = text.AsSpan(match.Index, match.Length);
            // "Name::" and "a::b" in code have the signs of one.
            if (address.Length >= 6 && address.ContainsAnyInRange('0', '9') && IPAddress.TryParse(address, out var parsed) && parsed.AddressFamily == AddressFamily.InterNetworkV6)
                found.Add(new(EntityKind.IpAddress, match.Index, match.Length, parsed.ToString(), 0.97));
        }
    }

    private static bool IsVersionOfSoftware(ReadOnlySpan<char> before) =>
        before.TrimEnd() is var words && (words.EndsWith("version", StringComparison.OrdinalIgnoreCase) || words.EndsWith("firmware", StringComparison.OrdinalIgnoreCase) || words.EndsWith("build", StringComparison.OrdinalIgnoreCase));
}
