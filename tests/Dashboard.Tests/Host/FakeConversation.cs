using CustomerService.Agents;
using CustomerService.Answers;
using CustomerService.Conversations;
using CustomerService.Nlu;

namespace CustomerService.Host;

/// <summary>A conversation that keeps just enough rules for the desk to be shown and tested.</summary>
internal sealed class FakeConversation(ConversationKey key, ConversationOrigin origin, DateTimeOffset startedAt)
{
    private readonly List<ConversationEntry> _entries = [new(1, startedAt, new ConversationStarted(origin))];
    private ImmutableArray<SentimentPoint> _sentiment = [];
    private ImmutableArray<Entity> _entities = [];
    private DateTimeOffset? _waitingSince;
    private Analysis? _last;
    private Alert? _alert;
    private HandoffSummary? _summary;
    private long _readByContact;

    public ConversationKey Key => key;

    public ConversationOrigin Origin => origin;

    public DateTimeOffset StartedAt => startedAt;

    public Baton Baton { get; private set; } = new(BatonHolder.Assistant);

    public ConversationStatus Status { get; private set; }

    public IReadOnlyList<ConversationEntry> Entries => _entries;

    public long Last => _entries[^1].Sequence;

    public Posted Post(Author author, string text, string dedupId, DateTimeOffset now, Answer? answer = null)
    {
        if (_entries.FirstOrDefault(e => e.Event is MessagePosted known && known.Message.DedupId == dedupId) is { } repeat)
            return new(key, repeat.Sequence, repeat.At, IsRepeat: true);

        var isContact = author.Kind == AuthorKind.Contact;
        var analysis = isContact ? FakeNlu.Analyze(text) : null;
        var entry = Add(new MessagePosted(new(author, dedupId, text, analysis, answer)), now);
        _waitingSince = isContact ? _waitingSince ?? now : null;
        if (analysis is not null)
            Understand(analysis, entry);
        return new(key, entry.Sequence, now, IsRepeat: false);
    }

    public Posted Note(AgentProfile agent, string text, DateTimeOffset now) =>
        new(key, Add(new NoteAdded(AuthorOf(agent), text), now).Sequence, now, IsRepeat: false);

    public Baton Pass(BatonHolder to, AgentProfile? agent, Author by, string reason, DateTimeOffset now)
    {
        var next = new Baton(to, agent?.Id.Value, agent?.Name, Last + 1);
        if (to == BatonHolder.Queue)
            _summary = new(reason, _last?.Intents[0], _last?.Language.Code ?? Languages.Unknown, Smoothed, _entities, Asked(), ["Track an order"]);
        Add(new BatonPassed(Baton, next, by, reason, _summary), now);
        if (to is BatonHolder.Agent or BatonHolder.Supervisor)
            _alert = null;
        return Baton = next;
    }

    public void Raise(AlertKind kind, string reason, DateTimeOffset now)
    {
        _alert = new(kind, reason, Last, now, 0.8);
        Add(new AlertRaised(_alert), now);
    }

    public ConversationStatus SetStatus(ConversationStatus status, AgentProfile agent, DateTimeOffset now)
    {
        if (status == Status)
            return status;

        Add(new StatusChanged(Status, status, AuthorOf(agent)), now);
        return Status = status;
    }

    public long MarkRead(AuthorKind reader, long upTo, DateTimeOffset now)
    {
        if (reader == AuthorKind.Contact && upTo > _readByContact)
        {
            _readByContact = upTo;
            Add(new MessagesRead(reader, upTo), now);
        }

        return upTo;
    }

    public ConversationRow Row => new(
        key, Last, origin, Status, Baton, _last?.Language.Code ?? Languages.Unknown, Preview.Text, Preview.Author.Kind, startedAt, _entries[^1].At,
        _waitingSince, _sentiment, _last?.Intents[0], Math.Min(1, _sentiment.Length / 6.0), _alert);

    public ConversationView View => new(Row, _entities, _summary, _readByContact);

    public static Author AuthorOf(AgentProfile agent) => new(AuthorKind.Agent, agent.Id.Value, agent.Name);

    private double Smoothed => _sentiment.IsEmpty ? 0 : _sentiment[^1].Smoothed;

    private Message Preview => _entries.Select(e => e.Event).OfType<MessagePosted>().LastOrDefault()?.Message ?? new(Author.System, "", "");

    private ImmutableArray<string> Asked() =>
        [.. _entries.Select(e => e.Event).OfType<MessagePosted>().Where(p => p.Message.Author.Kind == AuthorKind.Contact).TakeLast(2).Select(p => p.Message.Text)];

    private ConversationEntry Add(ConversationEvent happened, DateTimeOffset now)
    {
        var entry = new ConversationEntry(Last + 1, now, happened);
        _entries.Add(entry);
        return entry;
    }

    private void Understand(Analysis analysis, ConversationEntry entry)
    {
        var before = Smoothed;
        var smoothed = _sentiment.IsEmpty ? analysis.Sentiment : Math.Round((before * 0.4) + (analysis.Sentiment * 0.6), 2);
        _last = analysis;
        _sentiment = [.. _sentiment, new(entry.Sequence, analysis.Sentiment, smoothed)];
        _entities = [.. _entities.Concat(analysis.Entities).DistinctBy(e => (e.Kind, e.Value))];
        if (smoothed <= -0.5 && Baton.Holder == BatonHolder.Assistant)
        {
            Raise(AlertKind.Sentiment, $"Sentiment fell from {Shell.Words.Number(_sentiment[0].Smoothed)} to {Shell.Words.Number(smoothed)} in {_sentiment.Length} messages.", entry.At);
            Pass(BatonHolder.Queue, null, Author.System, "The contact is upset and the articles do not help.", entry.At);
        }
    }
}
