namespace CustomerService.Channels.WebChat;

/// <summary>Allows so many at once and so many a minute on average.</summary>
internal sealed class TokenBucket(int burst, int perMinute)
{
    private readonly double _perTick = perMinute / (double)TimeSpan.TicksPerMinute;
    private readonly Lock _gate = new();
    private double _tokens = burst;
    private long _at = long.MinValue;

    /// <summary>Takes one.</summary>
    /// <param name="now">The time, UTC.</param>
    /// <returns>Zero when it was there; else how long to wait for the next.</returns>
    public TimeSpan Take(DateTimeOffset now)
    {
        lock (_gate)
        {
            Fill(now);
            if (_tokens >= 1)
            {
                _tokens--;
                return TimeSpan.Zero;
            }

            return TimeSpan.FromTicks((long)Math.Ceiling((1 - _tokens) / _perTick));
        }
    }

    /// <summary>True when nothing is missing: a new one would be the same.</summary>
    public bool IsFull(DateTimeOffset now)
    {
        lock (_gate)
        {
            Fill(now);
            return _tokens >= burst;
        }
    }

    private void Fill(DateTimeOffset now)
    {
        if (_at != long.MinValue && now.UtcTicks > _at)
            _tokens = Math.Min(burst, _tokens + ((now.UtcTicks - _at) * _perTick));
        _at = Math.Max(_at, now.UtcTicks);
    }
}
