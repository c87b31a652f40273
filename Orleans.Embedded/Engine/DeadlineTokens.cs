namespace Orleans.Engine;

/// <summary>Cancellation tokens with a deadline, shared by all who ask within one tick: a million activations make a handful of timers.</summary>
internal sealed class DeadlineTokens(EngineClock clock)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<uint, CancellationTokenSource> _sources = [];
    private readonly CancellationTokenSource _stopped = new();
    private (uint Tick, CancellationToken Token) _latest = (uint.MaxValue, default);

    public CancellationToken After(TimeSpan span)
    {
        var deadline = clock.Tick + clock.TicksOf(span) + 1;
        lock (_lock)
        {
            if (_latest.Tick == deadline)
                return _latest.Token;

            if (!_sources.TryGetValue(deadline, out var source))
                _sources[deadline] = source = CancellationTokenSource.CreateLinkedTokenSource(_stopped.Token);
            _latest = (deadline, source.Token);
            return source.Token;
        }
    }

    public void CancelExpired()
    {
        List<CancellationTokenSource>? expired = null;
        lock (_lock)
        {
            foreach (var (deadline, source) in _sources)
            {
                if (deadline > clock.Tick)
                    continue;
                (expired ??= []).Add(source);
                _sources.Remove(deadline);
            }
        }

        foreach (var source in expired ?? [])
        {
            source.Cancel();
            source.Dispose();
        }
    }

    public void CancelAll() => _stopped.Cancel();
}
