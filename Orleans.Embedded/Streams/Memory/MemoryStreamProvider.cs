using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Providers.Streams.Common;
using Orleans.Runtime;
using Orleans.Streams;

namespace Orleans.Engine;

/// <summary>Streams in memory: an event is accepted at once and delivered afterwards, in order, to one delivery a time per subscription.</summary>
internal sealed class MemoryStreamProvider : IStreamProvider
{
    private readonly Cluster _cluster;
    private readonly ConcurrentDictionary<StreamId, MemoryStreamHub> _hubs = [];
    private readonly (GrainClass Class, IStreamNamespacePredicate Predicate)[] _implicit;
    private long _sequence;

    public MemoryStreamProvider(Cluster cluster, string name)
    {
        _cluster = cluster;
        Name = name;
        _implicit = [.. cluster.Registry.Classes.SelectMany(grainClass => grainClass.ClassType.GetCustomAttributes<ImplicitStreamSubscriptionAttribute>()
            .Select(attribute => (grainClass, attribute.Predicate)))];
    }

    public string Name { get; }

    public bool IsRewindable => false;

    public IAsyncStream<T> GetStream<T>(StreamId streamId) => new MemoryStream<T>(this, streamId);

    public IEnumerable<GrainClass> ImplicitSubscribersOf(StreamId id) => id.GetNamespace() is { } ns
        ? _implicit.Where(entry => entry.Predicate.IsMatch(ns)).Select(entry => entry.Class).Distinct()
        : [];

    public void Publish(StreamId id, IEnumerable<object?> items)
    {
        _cluster.ThrowIfStopped();
        var context = RequestContext.Values;
        var number = Interlocked.Increment(ref _sequence);
        StreamEvent[] events = [.. items.Select((item, index) => new StreamEvent(item, new EventSequenceTokenV2(number, index), context))];
        while (!Hub(id).TryPublish(events))
        {
            // Retired between look-up and use: the next look-up makes a new one.
        }
    }

    public StreamSubscription Subscribe(StreamId id, StreamSink sink)
    {
        var consumer = RuntimeContext.Activation;
        while (true)
        {
            if (Hub(id).Subscribe(consumer) is not { } subscription)
                continue;

            Attach(subscription, consumer, sink);
            return subscription;
        }
    }

    public void Resume(StreamId id, Guid subscriptionId, StreamSink sink)
    {
        var consumer = RuntimeContext.Activation;
        var subscription = Hub(id).Find(subscriptionId)
            ?? throw new InvalidOperationException($"Subscription {subscriptionId} of stream {id} does not exist any more.");
        Attach(subscription, consumer, sink);
    }

    public void Unsubscribe(StreamId id, Guid subscriptionId)
    {
        if (RuntimeContext.Activation is { } consumer)
            AttachedSinks.Of(consumer).BySubscription.Remove(subscriptionId);
        Hub(id).Unsubscribe(subscriptionId);
    }

    public IReadOnlyList<StreamSubscription> SubscriptionsOf(StreamId id) => Hub(id).SubscriptionsOf(RuntimeContext.Activation);

    public void Remove(MemoryStreamHub hub) => _hubs.TryRemove(new(hub.Id, hub));

    private static void Attach(StreamSubscription subscription, Activation? consumer, StreamSink sink)
    {
        if (consumer is null)
            subscription.ClientSink = sink;
        else
            AttachedSinks.Of(consumer).BySubscription[subscription.Id] = sink;
        subscription.MaxBatch = sink.MaxBatch;
    }

    private MemoryStreamHub Hub(StreamId id) => _hubs.GetOrAdd(id, static (id, provider) => new(provider._cluster, provider, id), this);
}
