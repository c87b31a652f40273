using System.Collections.Concurrent;

namespace Orleans.Engine;

internal interface IWatched
{
    bool IsBusy { get; }

    /// <summary>Set while the watch knows this object.</summary>
    ref int WatchFlag { get; }

    void ExpireCalls();
}

/// <summary>
/// Finds calls that wait too long. Whoever turns busy registers once; the watch looks at the busy ones every tick and
/// forgets those that have come to rest. So a call costs no timer and no table entry.
/// </summary>
internal sealed class CallWatch
{
    private readonly ConcurrentQueue<IWatched> _busy = [];

    /// <summary>Those that were busy lately.</summary>
    public IEnumerable<IWatched> Busy => _busy;

    public void Add(IWatched watched)
    {
        if (watched.WatchFlag == 0 && Interlocked.Exchange(ref watched.WatchFlag, 1) == 0)
            _busy.Enqueue(watched);
    }

    public void Scan()
    {
        for (var count = _busy.Count; count > 0 && _busy.TryDequeue(out var watched); count--)
        {
            if (watched.IsBusy)
            {
                watched.ExpireCalls();
                _busy.Enqueue(watched);
                continue;
            }

            // Whoever turns busy after this line sees the flag down; whoever did before it is seen busy here.
            Interlocked.Exchange(ref watched.WatchFlag, 0);
            if (watched.IsBusy)
                Add(watched);
        }
    }
}
