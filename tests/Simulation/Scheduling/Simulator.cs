namespace CustomerService.Simulation.Scheduling;

/// <summary>
/// One thread for a whole deployment. Of everything that could run now the seed picks one; when nothing can, the clock goes to the next timer.
/// </summary>
/// <remarks>
/// Each piece of work draws its place when it arrives, from the seed, from whose it is and from how many that one had before. So the order does not depend
/// on the order of arrival, which may follow hash codes that differ between processes.
/// </remarks>
internal sealed class Simulator(ulong seed)
{
    private readonly PriorityQueue<Work, (ulong Place, long Arrival)> _ready = new();
    private readonly PriorityQueue<(VirtualTimer Timer, int Version), (long Due, long Arrival)> _timers = new();
    private readonly Dictionary<ulong, ulong> _counts = [];
    private readonly ExecutionContext _clean = ExecutionContext.Capture()!;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private volatile string? _escape;
    private long _arrivals;

    public long Steps { get; private set; }

    /// <summary>A hash over everything that ran, when, and what it stored: equal runs have equal traces.</summary>
    public ulong Trace { get; private set; }

    /// <summary>Since the beginning, in ticks of 100 ns. Never jumps.</summary>
    public long Now { get; private set; }

    /// <summary>What wall clocks are ahead or behind.</summary>
    public TimeSpan Jumped { get; set; }

    /// <summary>Work that reached another thread, where no seed decides: a defect of the simulation, or of what it runs.</summary>
    public string? Escape => _escape;

    /// <summary>What was run last; null when that was a timer.</summary>
    public IThreadPoolWorkItem? Last { get; private set; }

    public void Note(ulong what) => Trace = Chance.Mix(Trace, what);

    public void Add(Node owner, ulong whose, IThreadPoolWorkItem work)
    {
        if (owner.IsDead)
            return;

        if (Environment.CurrentManagedThreadId != _thread)
        {
            _escape ??= $"{work.GetType().Name} was queued by another thread:\n{Environment.StackTrace}";
            return;
        }

        ref var count = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_counts, whose, out _);
        _ready.Enqueue(new(owner, whose, work), (Chance.Mix(Chance.Mix(seed, whose), count++), _arrivals++));
    }

    public void Add(VirtualTimer timer, int version, long due) => _timers.Enqueue((timer, version), (due, _arrivals++));

    /// <summary>Runs one piece of work.</summary>
    /// <returns>False when there is nothing left before <paramref name="end"/>; the clock then stands at it.</returns>
    public bool Step(long end)
    {
        while (_ready.TryDequeue(out var work, out _))
        {
            if (work.Owner.IsDead)
                continue;

            Run(work.Owner, work.Whose, work.Item);
            return true;
        }

        while (_timers.TryPeek(out var next, out var place) && place.Due <= end)
        {
            _timers.Dequeue();
            if (!next.Timer.IsDue(next.Version))
                continue;

            Now = Math.Max(Now, place.Due);
            Run(next.Timer.Owner, next.Timer.Owner.Id, next.Timer);
            return true;
        }

        Now = Math.Max(Now, end);
        return false;
    }

    private void Run(Node owner, ulong whose, IThreadPoolWorkItem item)
    {
        Steps++;
        Note(whose ^ (ulong)Now);
        Last = item;
        ExecutionContext.Run(_clean, static state =>
        {
            var (owner, item) = ((Node, IThreadPoolWorkItem))state!;
            SynchronizationContext.SetSynchronizationContext(owner.ContextOf(item));
            item.Execute();
        }, (owner, item));
    }

    private readonly record struct Work(Node Owner, ulong Whose, IThreadPoolWorkItem Item);
}
