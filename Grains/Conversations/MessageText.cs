using System.Buffers;
using System.Text;

namespace CustomerService.Conversations;

/// <summary>What a message's text may be: 1 to 10,000 characters after trimming, no control characters but line feed and tab.</summary>
internal static class MessageText
{
    public const int MaxLength = 10_000;
    public const int MaxDedupIdLength = 128;

    /// <summary>Cleans a text and tells what is wrong with it.</summary>
    /// <returns>Null when text and id are good.</returns>
    public static Refusal? Check(string dedupId, string text, out string clean)
    {
        clean = Clean(text);
        return (dedupId, clean) switch
        {
            ({ Length: 0 or > MaxDedupIdLength }, _) => new(RefusalKind.Invalid, "message.dedup_id", "The message's id must have 1 to 128 characters."),
            (_, { Length: 0 }) => new(RefusalKind.Invalid, "message.empty", "The message has no text."),
            (_, { Length: > MaxLength }) => new(RefusalKind.Invalid, "message.too_long", "The message is too long: at most 10,000 characters."),
            _ => null,
        };
    }

    /// <summary>Cuts a text, never inside a surrogate pair; one that UTF-8 writes with several bytes a character is cut sooner.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">Characters at most.</param>
    /// <param name="maxBytes">Bytes of UTF-8 at most; 0 for no such limit.</param>
    public static string Cut(string text, int length, int maxBytes = 0)
    {
        var end = Math.Min(text.Length, length);
        while (maxBytes > 0 && Encoding.UTF8.GetByteCount(text.AsSpan(0, end)) > maxBytes)
            end -= Math.Max(1, (Encoding.UTF8.GetByteCount(text.AsSpan(0, end)) - maxBytes) / 4);
        if (end > 0 && end < text.Length && char.IsHighSurrogate(text[end - 1]))
            end--;
        return text[..end];
    }

    public static string OneLine(string text, int length, int maxBytes) => Cut(text, length, maxBytes).Replace('\n', ' ').Replace('\t', ' ');

    // Line ends of other systems become line feeds; half a surrogate pair cannot be stored as UTF-8 and is dropped.
    private static string Clean(string text)
    {
        // Most texts are plain, and that is the quicker question.
        if (text.AsSpan().IndexOfAnyExceptInRange(' ', '~') < 0 || text.AsSpan().IndexOfAny(Suspect) < 0)
            return text.Trim();

        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (!Rune.IsControl(rune) && rune != Rune.ReplacementChar || rune.Value is '\n' or '\t')
                clean.Append(rune);
        }

        return clean.ToString().Trim();
    }

    private static readonly SearchValues<char> Suspect = SearchValues.Create(
        [.. Enumerable.Range(0, 0x20).Where(c => c is not ('\n' or '\t')).Concat(Enumerable.Range(0x7F, 0x21)).Concat(Enumerable.Range(0xD800, 0x800)).Append(0x2028).Append(0x2029).Select(c => (char)c)]);
}
