namespace Orleans.Engine;

/// <summary>A coarse count of time. Reading it costs a field, so every call and every turn can be stamped.</summary>
internal sealed class EngineClock : IDisposable
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly ITimer _timer;
    private volatile uint _tick;

    public EngineClock(TimeProvider time, TimeSpan quantum)
    {
        _time = time;
        Quantum = quantum;
        _start = time.GetTimestamp();
        using (ExecutionContext.SuppressFlow())
            _timer = time.CreateTimer(static clock => ((EngineClock)clock!).Advance(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>What to do every tick, in order.</summary>
    public List<Action> OnTick { get; } = [];

    public TimeSpan Quantum { get; }

    public uint Tick => _tick;

    public void Start() => _timer.Change(Quantum, Quantum);

    /// <summary>A span as ticks, rounded up; spans too long to matter become the longest.</summary>
    public uint TicksOf(TimeSpan span) => span < TimeSpan.Zero ? int.MaxValue : (uint)Math.Min(int.MaxValue, Math.Ceiling(span / Quantum));

    public void Dispose() => _timer.Dispose();

    private void Advance()
    {
        _tick = (uint)(_time.GetElapsedTime(_start) / Quantum);
        foreach (var action in OnTick)
            action();
    }
}
