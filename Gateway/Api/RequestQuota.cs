namespace CustomerService.Api;

/// <summary>Counts a key's requests in windows of an hour that start with the first one.</summary>
internal sealed class RequestQuota(int perHour, TimeProvider time)
{
    public static readonly TimeSpan Window = TimeSpan.FromHours(1);
    private readonly Lock _gate = new();
    private DateTimeOffset _endsAt = DateTimeOffset.MinValue;
    private int _left;

    public int PerHour => perHour;

    /// <summary>Counts a request.</summary>
    /// <returns>Whether it may be served, how many more may be, and the whole seconds until the window ends.</returns>
    public (bool IsAllowed, int Left, int Seconds) Take()
    {
        lock (_gate)
        {
            var now = time.GetUtcNow();
            if (now >= _endsAt)
                (_endsAt, _left) = (now + Window, perHour);
            var isAllowed = _left > 0;
            if (isAllowed)
                _left--;
            return (isAllowed, _left, (int)Math.Ceiling((_endsAt - now).TotalSeconds));
        }
    }
}
