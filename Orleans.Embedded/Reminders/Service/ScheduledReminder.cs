using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>One reminder that ticks. The next tick is set when the last has ended; what fell due meanwhile is left out.</summary>
internal sealed class ScheduledReminder : IDisposable
{
    // The longest a timer can wait is 49 days; longer waits are made of several.
    private static readonly TimeSpan s_longestWait = TimeSpan.FromDays(40);

    private readonly Cluster _cluster;
    private readonly ReminderEntry _entry;
    private readonly ITimer _timer;
    private DateTime _due;
    private volatile bool _disposed;

    public ScheduledReminder(Cluster cluster, ReminderEntry entry)
    {
        (_cluster, _entry) = (cluster, entry);
        using (ExecutionContext.SuppressFlow())
            _timer = cluster.Time.CreateTimer(static reminder => ((ScheduledReminder)reminder!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    private DateTime Now => _cluster.Time.GetUtcNow().UtcDateTime;

    /// <param name="isNew">The first tick comes even when storing the reminder took longer than its due time.</param>
    public void Start(bool isNew) => Wait(isNew ? _entry.StartAt : NextFrom(Now));

    public void Dispose()
    {
        _disposed = true;
        _timer.Dispose();
    }

    private void Wait(DateTime due)
    {
        _due = due;
        var wait = due - Now;
        if (!_disposed)
            _timer.Change(wait < TimeSpan.Zero ? TimeSpan.Zero : wait < s_longestWait ? wait : s_longestWait, Timeout.InfiniteTimeSpan);
    }

    private void OnDue()
    {
        if (_due > Now)
            Wait(_due);
        else
            _ = TickAsync();
    }

    private async Task TickAsync()
    {
        var now = Now;
        try
        {
            var grain = _cluster.Factory.GetGrain<IRemindable>(_entry.GrainId);
            await grain.ReceiveReminder(_entry.ReminderName, new(_entry.StartAt, _entry.Period, now));
        }
        catch (Exception exception)
        {
            _cluster.Log.ReminderFailed(exception, _entry.ReminderName, _entry.GrainId);
        }

        var next = NextFrom(Now);
        Wait(next > now ? next : now + _entry.Period);
    }

    /// <summary>The first tick of the entry's row of ticks that is not before <paramref name="time"/>.</summary>
    private DateTime NextFrom(DateTime time)
    {
        var since = time - _entry.StartAt;
        if (since <= TimeSpan.Zero)
            return _entry.StartAt;

        var late = since.Ticks % _entry.Period.Ticks;
        return late == 0 ? time : time.AddTicks(_entry.Period.Ticks - late);
    }
}
