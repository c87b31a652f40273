using CustomerService.Conversations;
using CustomerService.Nlu;

namespace CustomerService.Answers;

/// <summary>The contact's newest turn as a question, to ask for suggestions.</summary>
internal static class TurnQuestion
{
    private const int MaxEarlier = 6;

    private static readonly TimeSpan Budget = TimeSpan.FromSeconds(3);

    /// <param name="entries">The journal, in order.</param>
    /// <param name="language">The conversation's language.</param>
    /// <returns>The turn and its last message's place; null while the contact has written nothing.</returns>
    public static (Question Question, long Sequence)? Of(IReadOnlyList<ConversationEntry> entries, string language)
    {
        var messages = entries.Where(e => e.Event is MessagePosted).Select(e => (e.Sequence, ((MessagePosted)e.Event).Message)).ToList();
        var last = messages.FindLastIndex(m => m.Message.Author.Kind == AuthorKind.Contact);
        if (last < 0)
            return null;

        var first = last;
        while (first > 0 && messages[first - 1].Message.Author.Kind == AuthorKind.Contact)
            first--;

        var turn = messages[first..(last + 1)];
        var earlier = messages[..first].TakeLast(MaxEarlier).Select(m => m.Message.Text);
        return (new(string.Join('\n', turn.Select(m => m.Message.Text)), language, turn[^1].Message.Analysis, [.. earlier], Budget), turn[^1].Sequence);
    }
}
