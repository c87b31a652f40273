namespace Orleans.Engine;

/// <summary>
/// A lock-free inbox for many writers and one reader. One exchange both adds an item and tells the writer whether
/// it must schedule the reader, so an activation is never queued twice.
/// </summary>
internal struct Mailbox()
{
    private static readonly WorkItem s_idle = new Marker();
    private static readonly WorkItem s_sealed = new Marker();

    // Idle: nobody reads. Null: a reader is at work and has taken all. Sealed: closed for ever. Else: newest item first.
    private WorkItem? _head = s_idle;

    public readonly bool IsIdle => ReferenceEquals(Volatile.Read(in _head), s_idle);

    public readonly bool IsSealed => ReferenceEquals(Volatile.Read(in _head), s_sealed);

    /// <summary>Adds an item; <paramref name="wake"/> is true when the caller must schedule the reader.</summary>
    /// <returns>False when the mailbox is sealed.</returns>
    public bool TryAdd(WorkItem item, out bool wake)
    {
        var head = Volatile.Read(in _head);
        while (true)
        {
            wake = ReferenceEquals(head, s_idle);
            if (ReferenceEquals(head, s_sealed))
                return false;

            item.Next = wake ? null : head;
            var seen = Interlocked.CompareExchange(ref _head, item, head);
            if (ReferenceEquals(seen, head))
                return true;

            head = seen;
        }
    }

    /// <summary>Takes everything, oldest first.</summary>
    public WorkItem? TakeAll() => IsSealed ? null : OldestFirst(Interlocked.Exchange(ref _head, null));

    /// <summary>Takes everything and refuses whatever comes later.</summary>
    public WorkItem? Seal() => OldestFirst(Interlocked.Exchange(ref _head, s_sealed));

    /// <summary>Lets go of the mailbox. False when something came in meanwhile: the reader must go on.</summary>
    public bool TryRelease() => Interlocked.CompareExchange(ref _head, s_idle, null) is var seen && (seen is null || ReferenceEquals(seen, s_sealed));

    /// <summary>The newest item, for a look from another thread; null when there is none.</summary>
    public readonly WorkItem? Peek() => Volatile.Read(in _head) is { } head and not Marker ? head : null;

    private static WorkItem? OldestFirst(WorkItem? newest)
    {
        if (newest is null or Marker)
            return null;

        WorkItem? result = null;
        while (newest is not null)
        {
            var older = newest.Next;
            newest.Next = result;
            result = newest;
            newest = older;
        }

        return result;
    }

    private sealed class Marker : WorkItem;
}
