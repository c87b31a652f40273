using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>One stream while it is in use: its subscriptions, and publishers that wait until a subscriber has caught up.</summary>
internal sealed class MemoryStreamHub
{
    private const int MaxPending = 16_384;

    private readonly Lock _lock = new();
    private readonly Cluster _cluster;
    private StreamSubscription[] _subscriptions = [];
    private Queue<WaitingPublisher>? _waiting;
    private uint _lastUsed;
    private bool _retired;

    public MemoryStreamHub(MemoryStreamProvider provider, StreamId id)
    {
        (Provider, Id, _cluster) = (provider, id, provider.Cluster);
        _lastUsed = _cluster.Clock.Tick;
        _subscriptions = [.. provider.ImplicitSubscribersOf(id).Select(grainClass =>
            new StreamSubscription(this, ImplicitId(grainClass), grainClass, IdSpan.Create(id.GetKeyAsString())) { IsImplicit = true })];
        Ready = provider.PubSubStorage is { } storage ? ReadStoreAsync(Store = new(storage, provider.Name, id)) : Task.CompletedTask;
    }

    public MemoryStreamProvider Provider { get; }

    public StreamId Id { get; }

    /// <summary>Done when the stored subscriptions have been read.</summary>
    public Task Ready { get; }

    /// <summary>Where explicit subscriptions of grains are kept; null when they live as long as the process.</summary>
    public SubscriptionStore? Store { get; }

    /// <summary>Gives an event to every subscription.</summary>
    /// <returns>The task of whoever publishes; null when the hub has been retired and the caller takes a new one.</returns>
    public Task? TryPublish(ReadOnlySpan<StreamEvent> batch)
    {
        lock (_lock)
        {
            if (_retired)
                return null;
            if (_waiting is { Count: > 0 } || IsFull())
                return Wait(batch);

            Append(batch);
        }

        WakeAll();
        return Task.CompletedTask;
    }

    /// <summary>Moves events that wait for a subscriber into its hands, which may let a waiting publisher go on.</summary>
    public int Take(StreamSubscription subscription, Span<StreamEvent> into)
    {
        var count = 0;
        bool admitted;
        lock (_lock)
        {
            while (count < into.Length && subscription.Pending.TryDequeue(out var one))
                into[count++] = one;
            admitted = _waiting is not null && Admit();
        }

        if (admitted)
            WakeAll();
        return count;
    }

    /// <summary>Runs something that changes what waits for a subscriber, while nobody publishes.</summary>
    public void Exclusively(Action change)
    {
        lock (_lock)
            change();
    }

    /// <summary>The subscription of the consumer; an implicit consumer has one already. Null when the hub has been retired.</summary>
    public StreamSubscription? Subscribe(Activation? consumer, out bool isNew)
    {
        lock (_lock)
        {
            isNew = false;
            if (_retired)
                return null;
            if (consumer is not null && Array.Find(_subscriptions, one => one.IsImplicit && one.IsOf(consumer)) is { } known)
                return known;

            isNew = true;
            var subscription = new StreamSubscription(this, _cluster.Ids.Next(), consumer?.Class, consumer?.Key ?? default);
            _subscriptions = [.. _subscriptions, subscription];
            return subscription;
        }
    }

    public StreamSubscription? Find(Guid id) => Array.Find(Volatile.Read(ref _subscriptions), one => one.Id == id);

    public IReadOnlyList<StreamSubscription> SubscriptionsOf(Activation? consumer) => Array.FindAll(Volatile.Read(ref _subscriptions), one => one.IsOf(consumer));

    public void Unsubscribe(Guid id)
    {
        lock (_lock)
        {
            if (Find(id) is not { IsImplicit: false } subscription)
                return;

            subscription.End();
            _subscriptions = Array.FindAll(_subscriptions, one => one != subscription);
            // Publishers may have waited for this one.
            Admit();
        }

        WakeAll();
    }

    /// <summary>Gives the hub up when nothing happened for so long and all it knows can be known again.</summary>
    public bool TryRetire(uint inactivity)
    {
        lock (_lock)
        {
            if (_cluster.Clock.Tick - _lastUsed < inactivity || _waiting is { Count: > 0 } || !Ready.IsCompleted)
                return false;

            return _retired = Array.TrueForAll(_subscriptions, one => one.IsIdle && (one.IsImplicit || (Store is not null && one.Class is not null)));
        }
    }

    /// <summary>Lets publishers that wait go on, in their order, while there is room.</summary>
    private bool Admit()
    {
        var admitted = false;
        while (_waiting is { Count: > 0 } && !IsFull())
        {
            var publisher = _waiting.Dequeue();
            if (!publisher.Accepted.TrySetResult())
                continue;
            Append(publisher.Batch);
            admitted = true;
        }

        return admitted;
    }

    private void WakeAll()
    {
        foreach (var subscription in Volatile.Read(ref _subscriptions))
            subscription.Wake();
    }

    private void Append(ReadOnlySpan<StreamEvent> batch)
    {
        _lastUsed = _cluster.Clock.Tick;
        Provider.Cache.Accept(this, batch);
        foreach (var subscription in _subscriptions)
        {
            foreach (var one in batch)
                subscription.Pending.Enqueue(one);
        }
    }

    private bool IsFull()
    {
        foreach (var subscription in _subscriptions)
        {
            if (subscription.Pending.Count >= MaxPending)
                return true;
        }

        return false;
    }

    private Task Wait(ReadOnlySpan<StreamEvent> batch)
    {
        var publisher = new WaitingPublisher(batch.ToArray());
        (_waiting ??= []).Enqueue(publisher);
        _cluster.Deadlines.After(_cluster.ResponseTimeout).UnsafeRegister(
            static state => ((WaitingPublisher)state!).Accepted.TrySetException(new TimeoutException("The event was not accepted: a subscriber of its stream takes events too slowly.")),
            publisher);
        return publisher.Accepted.Task;
    }

    private async Task ReadStoreAsync(SubscriptionStore store)
    {
        foreach (var (id, grain) in await store.ReadAsync())
        {
            if (_cluster.Registry.FindClass(grain.Type) is { } grainClass)
                _subscriptions = [.. _subscriptions, new StreamSubscription(this, id, grainClass, grain.Key)];
        }
    }

    // The same in every run, so that a handle kept in a grain's state stays good.
    private Guid ImplicitId(GrainClass grainClass) =>
        new((int)StableHash.Of(grainClass.Type.ToString()), 0, 0, BitConverter.GetBytes(((ulong)StableHash.Of(Id.ToString()) << 32) | StableHash.Of(Provider.Name)));

    private sealed record WaitingPublisher(StreamEvent[] Batch)
    {
        public TaskCompletionSource Accepted { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
