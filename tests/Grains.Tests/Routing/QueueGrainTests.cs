using CustomerService.Conversations;

namespace CustomerService.Routing;

public class QueueGrainTests(ConversationCluster cluster) : IClassFixture<ConversationCluster>
{
    [Fact]
    public async Task A_list_follows_its_conversations_and_wakes_who_watches()
    {
        var key = A.Key();
        var queue = cluster.Grains.GetGrain<IQueueGrain>(QueueKey.Of(key).ToString());
        var watcher = new Watcher();
        var reference = cluster.Grains.CreateObjectReference<IQueueObserver>(watcher);
        var position = await queue.WatchAsync(reference);

        await cluster.Conversation(key).PostAsync(A.Message("Hello"));
        await watcher.Woken.WaitAsync(TimeSpan.FromSeconds(20));

        var changes = await queue.GetChangesAsync(position);
        Assert.Contains(changes.Rows, row => row.Key == key);
        GC.KeepAlive(watcher);
    }

    [Fact]
    public async Task A_list_is_built_from_the_journal()
    {
        var key = new ConversationKey(Tenancy.TenantId.Parse("elsewhere"), Guid.NewGuid());
        var change = (A.Conversation() with { Key = key }).Says("Hello");
        await cluster.Journal.AppendAsync(new(change.Entries, change.Next, OutboxKinds.None, OutboxKinds.None));

        var changes = await cluster.Grains.GetGrain<IQueueGrain>(QueueKey.Of(key).ToString()).GetChangesAsync(0);

        Assert.Equal(key, Assert.Single(changes.Rows).Key);
    }

    private sealed class Watcher : IQueueObserver
    {
        private readonly TaskCompletionSource _woken = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Woken => _woken.Task;

        public Task ChangedAsync(QueueKey queue, long version)
        {
            _woken.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
