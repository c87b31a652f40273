using Orleans.Runtime;
using Orleans.Streams;

namespace Orleans.Engine;

/// <summary>One stream while anything of it is alive: its subscriptions and what is on its way.</summary>
internal sealed class MemoryStreamHub
{
    private readonly Lock _lock = new();
    private readonly Cluster _cluster;
    private readonly List<StreamSubscription> _subscriptions = [];
    private bool _retired;

    public MemoryStreamHub(Cluster cluster, MemoryStreamProvider provider, StreamId id)
    {
        _cluster = cluster;
        Provider = provider;
        Id = id;
        foreach (var grainClass in provider.ImplicitSubscribersOf(id))
        {
            var subscription = ImplicitId(grainClass);
            _subscriptions.Add(new(cluster, this, subscription, grainClass, IdSpan.Create(id.GetKeyAsString())) { IsImplicit = true });
        }
    }

    public MemoryStreamProvider Provider { get; }

    public StreamId Id { get; }

    /// <summary>False when the hub has been retired; the caller takes a new one.</summary>
    public bool TryPublish(IEnumerable<StreamEvent> events)
    {
        lock (_lock)
        {
            if (_retired)
                return false;

            foreach (var subscription in _subscriptions)
                subscription.ThrowIfFull();
            foreach (var one in events)
            {
                foreach (var subscription in _subscriptions)
                    subscription.Add(one);
            }
        }

        RetireIfIdle();
        return true;
    }

    /// <summary>The subscription of the consumer; an implicit consumer has one already. Null when the hub has been retired.</summary>
    public StreamSubscription? Subscribe(Activation? consumer)
    {
        lock (_lock)
        {
            if (_retired)
                return null;

            if (consumer is not null && _subscriptions.Find(one => one.IsImplicit && one.IsOf(consumer)) is { } known)
                return known;

            var subscription = new StreamSubscription(_cluster, this, Guid.NewGuid(), consumer?.Class, consumer?.Key ?? default);
            _subscriptions.Add(subscription);
            return subscription;
        }
    }

    public StreamSubscription? Find(Guid id)
    {
        lock (_lock)
            return _subscriptions.Find(one => one.Id == id);
    }

    public IReadOnlyList<StreamSubscription> SubscriptionsOf(Activation? consumer)
    {
        lock (_lock)
            return _subscriptions.FindAll(one => one.IsOf(consumer));
    }

    public void Unsubscribe(Guid id)
    {
        lock (_lock)
        {
            var index = _subscriptions.FindIndex(one => one.Id == id && !one.IsImplicit);
            if (index < 0)
                return;

            _subscriptions[index].End();
            _subscriptions.RemoveAt(index);
        }

        RetireIfIdle();
    }

    /// <summary>A hub with nothing but implicit subscriptions and nothing on its way can be made again when it is needed.</summary>
    public void RetireIfIdle()
    {
        lock (_lock)
        {
            if (_retired || !_subscriptions.TrueForAll(one => one.IsImplicit && one.IsIdle))
                return;

            _retired = true;
            Provider.Remove(this);
        }
    }

    // The same in every run, so that a handle kept in a grain's state stays good.
    private Guid ImplicitId(GrainClass grainClass) =>
        new((int)StableHash.Of(grainClass.Type.ToString()), 0, 0, BitConverter.GetBytes(((ulong)StableHash.Of(Id.ToString()) << 32) | StableHash.Of(Provider.Name)));
}
