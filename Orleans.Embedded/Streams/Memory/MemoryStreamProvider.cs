using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Storage;
using Orleans.Streams;

namespace Orleans.Engine;

/// <summary>Streams in memory: an event is accepted at once and delivered afterwards, in order, to one delivery a time per subscription.</summary>
internal sealed class MemoryStreamProvider : IStreamProvider, IDisposable
{
    private readonly ConcurrentDictionary<StreamId, MemoryStreamHub> _hubs = [];
    private readonly (GrainClass Class, IStreamNamespacePredicate Predicate)[] _implicit;
    private readonly ITimer _cleanUp;

    public MemoryStreamProvider(Cluster cluster, string name)
    {
        (Cluster, Name) = (cluster, name);
        Options = Named<StreamPullingAgentOptions>();
        Cache = new(Named<SimpleQueueCacheOptions>().CacheSize, Named<StreamCacheEvictionOptions>().DataMaxAgeInCache, cluster.Clock);
        PubSubStorage = cluster.Services.GetKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME);
        _implicit = [.. cluster.Registry.Classes.SelectMany(grainClass => grainClass.ClassType.GetCustomAttributes<ImplicitStreamSubscriptionAttribute>()
            .Select(attribute => (grainClass, attribute.Predicate)))];
        var period = Options.StreamInactivityPeriod / 4;
        using (ExecutionContext.SuppressFlow())
            _cleanUp = cluster.Time.CreateTimer(static provider => ((MemoryStreamProvider)provider!).CleanUp(), this, period, period);
    }

    public Cluster Cluster { get; }

    public string Name { get; }

    public bool IsRewindable => true;

    public StreamPullingAgentOptions Options { get; }

    public StreamCache Cache { get; }

    /// <summary>Where explicit subscriptions are kept; null when nothing is registered for it.</summary>
    public IGrainStorage? PubSubStorage { get; }

    public int StreamsInUse => _hubs.Count;

    public IAsyncStream<T> GetStream<T>(StreamId streamId) => new MemoryStream<T>(this, streamId);

    public IEnumerable<GrainClass> ImplicitSubscribersOf(StreamId id) => id.GetNamespace() is { } ns
        ? _implicit.Where(entry => entry.Predicate.IsMatch(ns)).Select(entry => entry.Class).Distinct()
        : [];

    /// <summary>The stream's hub, when its stored subscriptions have been read.</summary>
    public ValueTask<MemoryStreamHub> HubAsync(StreamId id)
    {
        Cluster.ThrowIfStopped();
        var hub = _hubs.GetOrAdd(id, static (id, provider) => new(provider, id), this);
        return hub.Ready.IsCompletedSuccessfully ? new(hub) : Await(hub);
    }

    public async Task<Guid> SubscribeAsync(StreamId id, StreamSink sink, StreamSequenceToken? token)
    {
        var consumer = RuntimeContext.Activation;
        while (true)
        {
            var hub = await HubAsync(id);
            if (hub.Subscribe(consumer, out var isNew) is not { } subscription)
                continue;

            Attach(subscription, consumer, sink, token);
            if (isNew && consumer is not null && hub.Store is { } store)
                await StoreAsync(store, hub, subscription);
            return subscription.Id;
        }
    }

    public async Task ResumeAsync(StreamId id, Guid subscriptionId, StreamSink sink, StreamSequenceToken? token)
    {
        var consumer = RuntimeContext.Activation;
        var subscription = (await HubAsync(id)).Find(subscriptionId)
            ?? throw new InvalidOperationException($"Subscription {subscriptionId} of stream {id} does not exist any more.");
        Attach(subscription, consumer, sink, token);
    }

    public async Task UnsubscribeAsync(StreamId id, Guid subscriptionId)
    {
        if (RuntimeContext.Activation is { } consumer)
            AttachedSinks.Of(consumer).BySubscription.Remove(subscriptionId);
        var hub = await HubAsync(id);
        if (hub.Store is { } store)
            await store.RemoveAsync(subscriptionId);
        hub.Unsubscribe(subscriptionId);
    }

    public async Task<IReadOnlyList<StreamSubscription>> SubscriptionsOfAsync(StreamId id)
    {
        var consumer = RuntimeContext.Activation;
        return (await HubAsync(id)).SubscriptionsOf(consumer);
    }

    public void Dispose() => _cleanUp.Dispose();

    private static void Attach(StreamSubscription subscription, Activation? consumer, StreamSink sink, StreamSequenceToken? token)
    {
        if (token is not null && consumer is { Class.IsStatelessWorker: true })
            throw new InvalidOperationException("A stateless worker takes events as they come: it cannot rewind.");

        if (consumer is null)
            subscription.ClientSink = sink;
        else
            AttachedSinks.Of(consumer).BySubscription[subscription.Id] = sink;
        if (token is not null)
            subscription.RewindTo(token);
    }

    private static async Task StoreAsync(SubscriptionStore store, MemoryStreamHub hub, StreamSubscription subscription)
    {
        try
        {
            await store.AddAsync(subscription.Id, subscription.Consumer);
        }
        catch
        {
            hub.Unsubscribe(subscription.Id);
            throw;
        }
    }

    // A hub that could not read what is stored is no use to anybody: the next look-up makes another.
    private async ValueTask<MemoryStreamHub> Await(MemoryStreamHub hub)
    {
        try
        {
            await hub.Ready;
            return hub;
        }
        catch
        {
            _hubs.TryRemove(new(hub.Id, hub));
            throw;
        }
    }

    private void CleanUp()
    {
        Cache.Sweep();
        var inactivity = Cluster.Clock.TicksOf(Options.StreamInactivityPeriod);
        foreach (var entry in _hubs)
        {
            if (entry.Value.TryRetire(inactivity))
                _hubs.TryRemove(entry);
        }
    }

    private TOptions Named<TOptions>() where TOptions : class => Cluster.Services.GetRequiredService<IOptionsMonitor<TOptions>>().Get(Name);
}
