namespace CustomerService.Conversations;

/// <summary>One thing in the conversation column.</summary>
/// <param name="Id">Its element's id; stays the same.</param>
public abstract record TimelineItem(string Id)
{
    public DateTimeOffset At { get; init; }

    /// <summary>True when the same author wrote just before: the name is not repeated.</summary>
    public bool IsFollowUp { get; init; }
}

public sealed record DayItem(long Sequence, string Name) : TimelineItem("day-" + Sequence);

public sealed record MessageItem(long Sequence, Message Message, bool IsLastRead) : TimelineItem("m-" + Sequence);

public sealed record NoteItem(long Sequence, NoteAdded Note) : TimelineItem("m-" + Sequence);

public sealed record AlertItem(long Sequence, Alert Alert) : TimelineItem("m-" + Sequence);

public sealed record SystemItem(long Sequence, string Text) : TimelineItem("m-" + Sequence);

public sealed record PendingItem(PendingMessage Pending) : TimelineItem("p-" + Pending.DedupId);

/// <summary>What an agent sent and the journal has not confirmed.</summary>
/// <param name="DedupId">Ours: sending it again changes nothing.</param>
/// <param name="Text">The text.</param>
/// <param name="IsNote">True when only agents see it.</param>
/// <param name="Failure">Why it was not stored; null while it is under way.</param>
public sealed record PendingMessage(string DedupId, string Text, bool IsNote, string? Failure = null);
