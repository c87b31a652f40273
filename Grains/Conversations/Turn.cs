using CustomerService.Answers;
using CustomerService.Nlu;

namespace CustomerService.Conversations;

/// <summary>What a turn asks: everything the contact wrote since the last answer, and a little of what was said before.</summary>
internal static class Turn
{
    public const int MaxLookBack = 100;
    private const int MaxEarlier = 6;
    private const int SaysLittleLength = 16;

    /// <summary>The question of a turn.</summary>
    /// <param name="entries">The journal around the first unanswered message.</param>
    /// <param name="asked">The conversation when the turn began.</param>
    /// <param name="budget">How long composing may take.</param>
    public static Question Question(ImmutableArray<ConversationEntry> entries, Conversation asked, TimeSpan budget)
    {
        var messages = entries.Where(entry => entry.Event is MessagePosted).Select(entry => (entry.Sequence, ((MessagePosted)entry.Event).Message)).ToList();
        var open = messages.Where(message => message.Sequence >= asked.UnansweredFrom && message.Message.Author.Kind == AuthorKind.Contact).Select(message => message.Message).ToList();
        var earlier = messages.Where(message => message.Sequence < asked.UnansweredFrom).TakeLast(MaxEarlier).Select(message => message.Message.Text);
        return new(Joined(open.Select(message => message.Text)), asked.Language, open.LastOrDefault()?.Analysis, [.. earlier], budget);
    }

    /// <summary>True for a message such as "hi" or "sorry": the next one may follow at once.</summary>
    public static bool SaysLittle(ImmutableArray<CompactText> asked) => asked is [var only] && only.ToString() is { Length: <= SaysLittleLength } text && !text.Contains('?', StringComparison.Ordinal);

    // The newest matter most when somebody writes very much.
    private static string Joined(IEnumerable<string> texts)
    {
        var text = string.Join('\n', texts);
        return text.Length <= MessageText.MaxLength ? text : text[^MessageText.MaxLength..];
    }
}
