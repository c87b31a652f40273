using CustomerService.Answers;

namespace CustomerService.Conversations;

// The assistant's side of a turn.
internal sealed partial record Conversation
{
    /// <summary>The assistant's answer to everything up to a contact's message. Stale or unwanted answers change nothing.</summary>
    /// <param name="answer">What was composed.</param>
    /// <param name="upTo">The newest contact message it was composed for.</param>
    /// <param name="now">When, UTC.</param>
    public Change CompleteTurn(Answer answer, long upTo, DateTimeOffset now)
    {
        if (!OwesAnswer || upTo != LastContactSequence)
            return At(now);

        var reason = answer.HandoffReason ?? "Nothing in the knowledge base supports an answer.";
        if (answer.Rung == AnswerRung.Human || answer.Sentences.IsEmpty)
            return At(now).Alerted(AlertKind.Unanswered, reason, upTo, severity: 0.4).HandedToPeople(Author.System, reason, answer);

        var change = At(now).With(new MessagePosted(new(Author.Assistant, AnswerId(upTo), TextOf(answer), Answer: answer)));
        return answer.HandoffReason is not null ? change.Alerted(AlertKind.Unanswered, reason, upTo, severity: 0.4).QueuedForPeople(Author.System, reason, asked: Asked) : change;
    }

    /// <summary>
    /// The id of the assistant's message to everything up to a contact's message. The assistant can speak to one message twice: it announced a person, and the
    /// agent handed back without answering.
    /// </summary>
    public string AnswerId(long upTo) => Knows(AuthorKind.Assistant, $"turn-{upTo}") ? $"turn-{upTo}-{LastSequence + 1}" : $"turn-{upTo}";

    public static string TextOf(Answer answer) => MessageText.Cut(string.Join(' ', answer.Sentences.Select(sentence => sentence.Text)), MessageText.MaxLength);
}
