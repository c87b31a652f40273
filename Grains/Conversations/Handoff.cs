using CustomerService.Answers;
using CustomerService.Nlu;

namespace CustomerService.Conversations;

/// <summary>How a conversation goes from the assistant to people, and what they are told.</summary>
internal static class Handoff
{
    /// <summary>Says that a person will answer, and queues the conversation with a summary.</summary>
    public static Change HandedToPeople(this Change change, Author by, string reason, Answer? answer = null)
    {
        var asked = change.Next.Asked;
        var said = answer is { Sentences.Length: > 0 } ? answer : Announcement(change.Next.Language, reason);
        return change
            .With(new MessagePosted(new(Author.Assistant, change.Next.AnswerId(change.Next.LastContactSequence), Conversation.TextOf(said), Answer: said)))
            .QueuedForPeople(by, reason, asked);
    }

    public static Change QueuedForPeople(this Change change, Author by, string reason, ImmutableArray<CompactText> asked)
    {
        var state = change.Next;
        var smoothed = state.Sentiment is [.., var newest] ? newest.Smoothed : 0;
        var summary = new HandoffSummary(reason, state.Intent, state.Language, smoothed, state.Entities, [.. asked.Select(text => text.ToString())], state.Tried);
        return change.Passed(new(BatonHolder.Queue), by, reason, summary);
    }

    public static Change Passed(this Change change, Baton to, Author by, string reason, HandoffSummary? summary = null) =>
        change.With(new BatonPassed(change.Next.Baton, to with { Fence = change.Next.LastSequence + 1 }, by, reason, summary));

    /// <summary>Raises an alert unless one of its kind stands that is about as severe.</summary>
    public static Change Alerted(this Change change, AlertKind kind, string reason, long sequence, double severity) =>
        change.Next.Alert is { } standing && standing.Kind == kind && standing.Severity + 0.1 >= severity
            ? change
            : change.With(new AlertRaised(new(kind, reason, sequence, change.At, severity)));

    /// <summary>The last rung: a sentence in the contact's language.</summary>
    public static Answer Announcement(string language, string reason)
    {
        var (written, text) = HandoffTexts.For(language);
        return new(AnswerRung.Human, written, [new(text, [], 0)], 0, reason, TimeSpan.Zero);
    }
}
