using CustomerService.Answers;
using CustomerService.Nlu;

namespace CustomerService.Conversations;

// How each entry changes the state. Nothing else does: no clock, no options, so that a replay is exact.
internal sealed partial record Conversation
{
    public Conversation Apply(ConversationEntry entry)
    {
        if (entry.Sequence != LastSequence + 1)
            throw new InvalidOperationException($"Entry {entry.Sequence} does not follow entry {LastSequence}.");

        return entry.Event switch
        {
            ConversationStarted started => (this with { Origin = started.Origin, StartedAt = entry.At }).After(entry),
            MessagePosted { Message.Author.Kind: AuthorKind.Contact } posted => Asks(posted.Message, entry),
            MessagePosted posted => Posted(posted.Message, entry),
            BatonPassed passed => Passed(passed, entry).After(entry),
            StatusChanged changed => Changed(changed.To, entry.At).After(entry),
            AlertRaised raised => (this with { Alert = raised.Alert }).After(entry),
            MessagesRead read => Read(read) with { LastSequence = entry.Sequence },
            NoteAdded => After(entry),
            var other => throw new InvalidOperationException($"Unknown event {other.GetType().Name}."),
        };
    }

    private Conversation After(ConversationEntry entry) => this with { LastSequence = entry.Sequence, LastActivityAt = entry.At };

    private Conversation Posted(Message message, ConversationEntry entry)
    {
        var next = this with
        {
            LastSequence = entry.Sequence,
            LastActivityAt = entry.At,
            Preview = PreviewOf(message),
            PreviewAuthor = message.Author.Kind,
            Recent = Recent.Add(message.Author.Kind, message.DedupId),
        };
        return message.Author.Kind switch
        {
            AuthorKind.Assistant when message.Answer is { Rung: AnswerRung.Human } => next with { Tried = WithTitles(message.Answer) },
            AuthorKind.Assistant => next.Answered() with { Tried = WithTitles(message.Answer) },
            _ => next.Answered() with { Alert = null },
        };
    }

    // One copy of the state, whatever changes: this runs for every message of a contact.
    private Conversation Asks(Message message, ConversationEntry entry)
    {
        var next = this with
        {
            LastSequence = entry.Sequence,
            LastActivityAt = entry.At,
            Preview = PreviewOf(message),
            PreviewAuthor = AuthorKind.Contact,
            Recent = Recent.Add(AuthorKind.Contact, message.DedupId),
            Status = ConversationStatus.Open,
            WaitingSince = WaitingSince ?? entry.At,
            UnansweredFrom = UnansweredFrom > 0 ? UnansweredFrom : entry.Sequence,
            LastContactSequence = entry.Sequence,
            Asked = [.. Asked.AsSpan()[(Asked.Length < MaxAsked ? 0 : 1)..], new(MessageText.Cut(message.Text, MaxAskedLength, MaxAskedLength * 8 / 5))],
        };
        return message.Analysis is { } analysis ? next.Understood(message.Text, analysis, entry.Sequence) : next;
    }

    private static string PreviewOf(Message message) => MessageText.OneLine(message.Text, MaxPreviewLength, MaxPreviewLength * 8 / 5);

    // An answer leaves the contact to speak next: the conversation waits for them, unless it is done.
    private Conversation Answered() => this with
    {
        Status = IsResolved ? Status : ConversationStatus.Pending,
        WaitingSince = null,
        UnansweredFrom = 0,
        Asked = [],
    };

    private Conversation Passed(BatonPassed passed, ConversationEntry entry)
    {
        var next = this with { Baton = passed.To, SummarySequence = passed.Summary is null ? SummarySequence : entry.Sequence };
        return passed.To.Holder switch
        {
            BatonHolder.Queue => next with { Status = ConversationStatus.Open, WaitingSince = WaitingSince ?? entry.At },
            BatonHolder.Assistant => next,
            _ => next with { Alert = null },
        };
    }

    private Conversation Changed(ConversationStatus status, DateTimeOffset at) => status == ConversationStatus.Resolved
        ? Answered() with { Status = status, ResolvedAt = at, Alert = null }
        : this with { Status = status, ResolvedAt = null };

    private Conversation Read(MessagesRead read) => read.Reader == AuthorKind.Contact ? this with { ReadByContact = read.UpTo } : this with { ReadByAgent = read.UpTo };

    private ImmutableArray<string> WithTitles(Answer? answer)
    {
        if (answer is null)
            return Tried;

        var titles = answer.Sentences.SelectMany(sentence => sentence.Citations).Select(citation => MessageText.Cut(citation.Title, MaxTitleLength));
        return [.. Tried.Concat(titles).Distinct().TakeLast(MaxTried)];
    }
}
