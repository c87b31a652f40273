using Orleans.Runtime;

namespace Orleans.Engine;

internal interface ITimerTick;

/// <summary>A timer whose tick is a turn, queued like a call; the next tick is due a period after the last one ended.</summary>
internal sealed class GrainTimer<TState> : Message, IGrainTimer, ITimerTick
{
    private readonly Activation _activation;
    private readonly Func<TState, CancellationToken, Task> _callback;
    private readonly TState _state;
    private readonly GrainTimerCreationOptions _options;
    private readonly CancellationTokenSource _stopped = new();
    private readonly ITimer _timer;
    private IMessageHost? _host;
    private TimeSpan _dueTime;
    private TimeSpan _period;
    private bool _queued;
    private bool _changed;

    private GrainTimer(Activation activation, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        _activation = activation;
        _callback = callback;
        _state = state;
        _options = options;
        _period = options.Period;
        using (ExecutionContext.SuppressFlow())
            _timer = activation.Cluster.Time.CreateTimer(static timer => ((GrainTimer<TState>)timer!).OnDue(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    internal override MessageOptions Options =>
        MessageOptions.OneWay | (_options.Interleave ? MessageOptions.AlwaysInterleave : MessageOptions.None);

    internal override bool IsAbandoned => _stopped.IsCancellationRequested;

    public static IGrainTimer Start(Activation activation, Func<TState, CancellationToken, Task> callback, TState state, GrainTimerCreationOptions options)
    {
        Check(options.DueTime, options.Period);
        var timer = new GrainTimer<TState>(activation, callback, state, options);
        activation.Extras.AddTimer(timer);
        timer._timer.Change(options.DueTime, Timeout.InfiniteTimeSpan);
        return timer;
    }

    public void Change(TimeSpan dueTime, TimeSpan period)
    {
        Check(dueTime, period);
        lock (_stopped)
        {
            _dueTime = dueTime;
            _period = period;
            _changed = true;
            // While a tick waits or runs the change waits for its end: only then is the next one set.
            if (!_queued)
                _timer.Change(dueTime, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        if (_stopped.IsCancellationRequested)
            return;

        _timer.Dispose();
        _stopped.Cancel();
        _activation.Extras.RemoveTimer(this);
    }

    internal override void Start(IMessageHost host)
    {
        _host = host;
        lock (_stopped)
            _changed = false;
        if (_options.KeepAlive)
            _activation.KeepAlive();
        Task running;
        try
        {
            EnterContext();
            running = _callback(_state, _stopped.Token);
        }
        catch (Exception exception)
        {
            running = Task.FromException(exception);
        }

        if (running.IsCompleted)
            End(running);
        else
            _ = running.ContinueWith(static (task, timer) => ((GrainTimer<TState>)timer!).End(task), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, host.Scheduler);
    }

    internal override void Reject(Exception exception) => SetNext();

    private static void Check(TimeSpan dueTime, TimeSpan period)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(dueTime, Timeout.InfiniteTimeSpan);
        ArgumentOutOfRangeException.ThrowIfLessThan(period, Timeout.InfiniteTimeSpan);
    }

    private void OnDue()
    {
        lock (_stopped)
        {
            // The message is the timer itself, so it may be in the queue only once.
            if (_queued)
                return;
            _queued = true;
        }

        if (!_activation.TryPost(this))
            Dispose();
    }

    private void End(Task task)
    {
        if (task.IsFaulted)
            _activation.Cluster.Log.TimerFailed(task.Exception!.InnerException!, _activation.GrainId);
        _host!.Finished(this);
        SetNext();
    }

    private void SetNext()
    {
        lock (_stopped)
        {
            _queued = false;
            // A period of zero, as in Orleans, means at once.
            var next = _changed ? _dueTime : _period;
            if (next != Timeout.InfiniteTimeSpan && !_stopped.IsCancellationRequested)
                _timer.Change(next, Timeout.InfiniteTimeSpan);
        }
    }
}
