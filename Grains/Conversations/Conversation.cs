using System.Text.Json.Serialization;
using CustomerService.Nlu;
using CustomerService.Routing;

namespace CustomerService.Conversations;

/// <summary>
/// What a conversation keeps in memory: everything the rules need and no message text beyond 200 characters, at most 8 KB.
/// The journal is the truth; this is its fold (<see cref="Apply"/>), and equal journals give equal bytes.
/// </summary>
internal sealed partial record Conversation
{
    public const int MaxCurve = 24;
    public const int MaxEntities = 32;
    public const int MaxAsked = 3;
    public const int MaxTried = 5;
    public const int MaxTitleLength = 60;
    public const int MaxAskedLength = 200;
    public const int MaxPreviewLength = 140;

    // Entities are bounded by their size too, so that 32 long addresses do not outgrow the 8 KB.
    public const int MaxEntityBytes = 1000;

    public required ConversationKey Key { get; init; }
    public long LastSequence { get; init; }
    public ConversationOrigin? Origin { get; init; }
    public ConversationStatus Status { get; init; }
    public DateTimeOffset? ResolvedAt { get; init; }
    public Baton Baton { get; init; } = new(BatonHolder.Assistant);
    public string Language { get; init; } = Languages.Unknown;
    public string Preview { get; init; } = "";
    public AuthorKind PreviewAuthor { get; init; }
    public DateTimeOffset StartedAt { get; init; }
    public DateTimeOffset LastActivityAt { get; init; }
    public DateTimeOffset? WaitingSince { get; init; }
    public ImmutableArray<SentimentPoint> Sentiment { get; init; } = [];
    public IntentPrediction? Intent { get; init; }
    public double Complexity { get; init; }
    public IntentStreak Streak { get; init; }
    public Alert? Alert { get; init; }
    public ImmutableArray<Entity> Entities { get; init; } = [];
    public ImmutableArray<string> Tried { get; init; } = [];
    public long SummarySequence { get; init; }
    public long ReadByContact { get; init; }
    public long ReadByAgent { get; init; }

    /// <summary>The contact's first message that nobody has answered; 0 when there is none.</summary>
    public long UnansweredFrom { get; init; }

    /// <summary>The contact's newest message; a turn that was composed for an older one is stale.</summary>
    public long LastContactSequence { get; init; }

    /// <summary>The newest unanswered messages, each cut at 200 characters or 320 bytes: what a handoff summary quotes.</summary>
    public ImmutableArray<CompactText> Asked { get; init; } = [];

    [JsonIgnore]
    public RecentIds Recent { get; init; } = RecentIds.Empty;

    [JsonIgnore]
    public bool Exists => LastSequence > 0;

    [JsonIgnore]
    public bool IsResolved => Status == ConversationStatus.Resolved;

    /// <summary>True while the assistant owes the contact an answer: the turn's entry in the outbox.</summary>
    [JsonIgnore]
    public bool OwesAnswer => UnansweredFrom > 0 && Baton.Holder == BatonHolder.Assistant && !IsResolved;

    public ConversationRow ToRow() => new(
        Key, LastSequence, Origin!, Status, Baton, Language, Preview, PreviewAuthor, StartedAt, LastActivityAt, WaitingSince, Sentiment, Intent, Complexity, Alert);

    [JsonIgnore]
    public QueueKey Queue => QueueKey.Of(Key);

    public Change At(DateTimeOffset now) => new(this, [], now);

    private bool IsHeldByPerson => Baton.Holder is BatonHolder.Agent or BatonHolder.Supervisor;

    private bool IsClosed(DateTimeOffset now, TimeSpan reopenWindow) => ResolvedAt is { } resolvedAt && now - resolvedAt > reopenWindow;

    private static readonly Refusal Closed = new(RefusalKind.Conflict, "conversation.closed", "The conversation is closed; start a new one.");
    private static readonly Refusal NotHeld = new(RefusalKind.Conflict, "baton.not_held", "You do not hold this conversation. Take it over first.");
    private static readonly Refusal HeldByOther = new(RefusalKind.Forbidden, "baton.held_by_other", "Another person holds this conversation; a supervisor may take it over.");
}

/// <summary>What a command changed: the entries to be stored, and the state they lead to.</summary>
internal readonly record struct Change(Conversation Next, ImmutableArray<ConversationEntry> Entries, DateTimeOffset At)
{
    public Change With(ConversationEvent what)
    {
        var entry = new ConversationEntry(Next.LastSequence + 1, At, what);
        return this with { Next = Next.Apply(entry), Entries = Entries.IsEmpty ? [entry] : Entries.Add(entry) };
    }
}
