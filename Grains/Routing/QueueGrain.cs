using CustomerService.Conversations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;
using Orleans.Utilities;

namespace CustomerService.Routing;

/// <summary>The shell around <see cref="Queue"/>: fills it from the journal, wakes who watches.</summary>
[GrainType("queue")]
internal sealed class QueueGrain(IConversationJournal journal, IOptions<RoutingOptions> options, TimeProvider time, ILogger<QueueGrain> logger) : Grain, IQueueGrain
{
    private readonly ObserverManager<IQueueObserver> _watchers = new(options.Value.WatchExpiry, logger) { GetDateTime = () => time.GetUtcNow().UtcDateTime };
    private Queue _queue = null!;
    private QueueKey _key;
    private long _wokenAt = time.GetTimestamp();
    private bool _isWaking;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = QueueKey.Parse(this.GetPrimaryKeyString());
        _queue = new(time.GetUtcNow().UtcTicks, options.Value.MaxChanges);
        foreach (var row in await journal.ListOpenAsync(_key, cancellationToken))
            _queue.Report(row);
    }

    public Task ReportAsync(ConversationRow row)
    {
        if (_queue.Report(row) && !_isWaking && _watchers.Count > 0)
        {
            _isWaking = true;
            var rest = options.Value.WakeInterval - time.GetElapsedTime(_wokenAt);
            this.RegisterGrainTimer(WakeAsync, new GrainTimerCreationOptions(rest > TimeSpan.Zero ? rest : TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        }

        return Task.CompletedTask;
    }

    public Task<QueueChanges> GetChangesAsync(long afterVersion, CancellationToken cancellationToken) => Task.FromResult(_queue.ChangesAfter(afterVersion));

    public Task<long> WatchAsync(IQueueObserver observer, CancellationToken cancellationToken)
    {
        _watchers.Subscribe(observer, observer);
        return Task.FromResult(_queue.Version);
    }

    public Task UnwatchAsync(IQueueObserver observer, CancellationToken cancellationToken)
    {
        _watchers.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    private Task WakeAsync()
    {
        (_isWaking, _wokenAt) = (false, time.GetTimestamp());
        return _watchers.Notify(watcher => watcher.ChangedAsync(_key, _queue.Version));
    }
}
