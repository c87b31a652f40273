namespace CustomerService.Simulation.Scheduling;

/// <summary>The time as one process sees it: timers follow a clock that only goes on, dates follow one that may be set.</summary>
internal sealed class VirtualTime(Simulator simulator, Node owner) : TimeProvider
{
    private static readonly DateTimeOffset Start = new(2026, 3, 2, 8, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override long GetTimestamp() => simulator.Now;

    public override DateTimeOffset GetUtcNow() => Start.AddTicks(simulator.Now) + simulator.Jumped;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new VirtualTimer(simulator, owner, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }
}

internal sealed class VirtualTimer(Simulator simulator, Node owner, TimerCallback callback, object? state) : ITimer, IThreadPoolWorkItem
{
    private int _version;
    private TimeSpan _period;

    public Node Owner => owner;

    public bool IsDue(int version) => version == _version && !owner.IsDead;

    public void Execute()
    {
        if (_period > TimeSpan.Zero)
            Set(_period);
        callback(state);
    }

    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        _version++;
        _period = period;
        if (dueTime >= TimeSpan.Zero)
            Set(dueTime);
        return true;
    }

    public void Dispose() => _version++;

    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private void Set(TimeSpan after) => simulator.Add(this, ++_version, simulator.Now + after.Ticks);
}
