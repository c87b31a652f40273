using CustomerService.Conversations;
using CustomerService.Routing;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace CustomerService.Host;

/// <summary>Stands in for a queue shard; always answers with everything it has.</summary>
internal sealed class FakeQueueGrain(DeskWorld world, ILogger<FakeQueueGrain> logger) : Grain, IQueueGrain
{
    private readonly ObserverManager<IQueueObserver> _watchers = new(TimeSpan.FromMinutes(5), logger);

    private QueueKey Key => QueueKey.Parse(this.GetPrimaryKeyString());

    public Task ReportAsync(ConversationRow row)
    {
        world.Touch(Key);
        return _watchers.Notify(w => w.ChangedAsync(Key, world.VersionOf(Key)));
    }

    public Task<QueueChanges> GetChangesAsync(long afterVersion, CancellationToken cancellationToken) =>
        world.IsBroken
            ? throw new TimeoutException()
            : Task.FromResult(afterVersion == world.VersionOf(Key)
                ? new QueueChanges(afterVersion, IsSnapshot: false, [], [])
                : new QueueChanges(world.VersionOf(Key), IsSnapshot: true, [.. world.Of(Key).Where(c => c.Status != ConversationStatus.Resolved).Select(c => c.Row)], []));

    public Task<long> WatchAsync(IQueueObserver observer, CancellationToken cancellationToken)
    {
        _watchers.Subscribe(observer, observer);
        return Task.FromResult(world.VersionOf(Key));
    }

    public Task UnwatchAsync(IQueueObserver observer, CancellationToken cancellationToken)
    {
        _watchers.Unsubscribe(observer);
        return Task.CompletedTask;
    }
}
