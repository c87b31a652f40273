namespace Orleans.Engine;

/// <summary>Events given to a subscriber: for a grain an ordinary call, so a busy grain holds its streams back.</summary>
internal sealed class StreamDelivery : Message
{
    private readonly StreamSubscription _subscription;

    public StreamDelivery(StreamSubscription subscription, IReadOnlyList<StreamEvent> events)
    {
        _subscription = subscription;
        Events = events;
        Context = events[0].Context;
    }

    public IReadOnlyList<StreamEvent> Events { get; }

    public DateTimeOffset? FirstFailure { get; init; }

    public int Tries { get; init; }

    /// <summary>What the observer is told instead of the events.</summary>
    public Exception? Report { get; init; }

    public bool IsReport => Report is not null;

    internal override MessageOptions Options => MessageOptions.OneWay;

    public async Task RunOutsideAsync()
    {
        EnterContext();
        try
        {
            await RunAsync(null);
        }
        catch (Exception exception)
        {
            _subscription.OnFailed(this, exception);
            return;
        }

        _subscription.OnDelivered();
    }

    internal override void Start(IMessageHost host)
    {
        EnterContext();
        var running = RunAsync((Activation)host);
        if (running.IsCompleted)
            End(running, host);
        else
            _ = running.ContinueWith((task, _) => End(task, host), null, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, host.Scheduler);
    }

    internal override void Reject(Exception exception) => _subscription.OnFailed(this, exception);

    private Task RunAsync(Activation? activation) =>
        Report is null ? _subscription.DeliverAsync(activation, Events) : _subscription.ReportAsync(activation, Report);

    private void End(Task task, IMessageHost host)
    {
        host.Finished(this);
        if (task.IsCompletedSuccessfully)
            _subscription.OnDelivered();
        else
            _subscription.OnFailed(this, task.Exception?.InnerException ?? new TaskCanceledException(task));
    }
}
