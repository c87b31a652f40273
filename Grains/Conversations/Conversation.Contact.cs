using CustomerService.Nlu;

namespace CustomerService.Conversations;

// What a contact does.
internal sealed partial record Conversation
{
    /// <summary>A contact's message; the first starts the conversation. The caller has asked <see cref="Knows"/> first.</summary>
    public Result<Change> Post(ContactMessage message, Analysis? analysis, DateTimeOffset now, TimeSpan reopenWindow)
    {
        if (Refuses(message, now, reopenWindow, out var text) is { } refusal)
            return refusal;

        var contact = new Author(AuthorKind.Contact, Name: message.Origin.ContactName);
        var change = Exists ? At(now) : At(now).With(new ConversationStarted(message.Origin));
        if (IsResolved)
            change = change.With(new StatusChanged(Status, ConversationStatus.Open, contact));
        return change.With(new MessagePosted(new(contact, message.DedupId, text, analysis))).Escalated(analysis);
    }

    /// <summary>Why a message will not be taken, before anybody takes the trouble to understand it; null when it will.</summary>
    public Refusal? Refuses(ContactMessage message, DateTimeOffset now, TimeSpan reopenWindow, out string text) =>
        MessageText.Check(message.DedupId, message.Text, out text) ?? (IsClosed(now, reopenWindow) ? Closed : null);

    /// <summary>The contact asks for a person. Nothing changes when people already have it.</summary>
    public Result<Change> RequestPerson(DateTimeOffset now, TimeSpan reopenWindow)
    {
        if (IsClosed(now, reopenWindow))
            return Closed;
        if (Baton.Holder != BatonHolder.Assistant)
            return At(now);

        var contact = new Author(AuthorKind.Contact, Name: Origin!.ContactName);
        var change = IsResolved ? At(now).With(new StatusChanged(Status, ConversationStatus.Open, contact)) : At(now);
        return change.Alerted(AlertKind.PersonRequested, AskedForPerson, LastContactSequence, severity: 0.5).HandedToPeople(contact, AskedForPerson);
    }

    /// <summary>True when a message with this id is among the last 500.</summary>
    public bool Knows(AuthorKind author, string dedupId) => dedupId.Length <= MessageText.MaxDedupIdLength && Recent.Contains(author, dedupId);

    private const string AskedForPerson = "The contact asked for a person.";
}
