using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Engine;

/// <summary>The engine itself: what everything in one host shares.</summary>
internal sealed class Cluster : IDisposable
{
    private readonly EngineMeter _meter;
    private volatile bool _stopped;

    public Cluster(IServiceProvider services, EngineServices collection, IWorkScheduler scheduler, ILogger<Cluster> logger)
    {
        Services = services;
        Scheduler = scheduler;
        Time = services.GetRequiredService<TimeProvider>();
        Ids = services.GetRequiredService<EngineIds>();
        Messaging = services.GetRequiredService<IOptions<SiloMessagingOptions>>().Value;
        Collection = services.GetRequiredService<IOptions<GrainCollectionOptions>>().Value;
        Log = new(logger);
        Clock = new(Time, QuantumFor(Messaging, Collection));
        Deadlines = new(Clock);
        Watch = new();
        Observers = new(this);
        Filters = new(services.GetServices<IIncomingGrainCallFilter>(), services.GetServices<IOutgoingGrainCallFilter>());
        Registry = new(this, collection.Services, GrainManifests.Find());
        Factory = new(this);
        Collector = new(this);
        Clock.OnTick.AddRange([Deadlines.CancelExpired, Watch.Scan, Collector.OnTick]);
        _meter = new(this);
        Clock.Start();
    }

    public IServiceProvider Services { get; }

    public IWorkScheduler Scheduler { get; }

    public TimeProvider Time { get; }

    public EngineIds Ids { get; }

    public SiloMessagingOptions Messaging { get; }

    public GrainCollectionOptions Collection { get; }

    public TimeSpan ResponseTimeout => Messaging.ResponseTimeout;

    public EngineLog Log { get; }

    public EngineClock Clock { get; }

    public DeadlineTokens Deadlines { get; }

    public CallWatch Watch { get; }

    public ObserverDirectory Observers { get; }

    public CallFilters Filters { get; }

    public GrainRegistry Registry { get; }

    public GrainFactory Factory { get; }

    public Collector Collector { get; }

    public bool IsStopped => _stopped;

    public void ThrowIfStopped()
    {
        if (_stopped)
            throw new SiloUnavailableException("The host has stopped.");
    }

    public IGrainStorage StorageOf(GrainClass grainClass, string? name)
    {
        var storage = string.IsNullOrEmpty(name)
            ? Services.GetKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)
            : Services.GetKeyedService<IGrainStorage>(name);
        return storage ?? throw new OrleansConfigurationException(
            string.IsNullOrEmpty(name) ? $"No default storage provider found for grain class {grainClass.ClassType}." : $"No storage provider named \"{name}\" found for grain class {grainClass.ClassType}.");
    }

    /// <summary>Deactivates everything, what is created meanwhile included, then refuses calls.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        var reason = new DeactivationReason(DeactivationReasonCode.ShuttingDown, "The host is stopping.");
        while (!cancellationToken.IsCancellationRequested)
        {
            var gone = Registry.Classes.SelectMany(grainClass => grainClass.Activations).Select(activation =>
            {
                activation.Deactivate(reason);
                return activation.Deactivated;
            }).ToArray();
            if (gone.Length == 0)
                break;

            await Task.WhenAll(gone).WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _stopped = true;
        Deadlines.CancelAll();
        Clock.Dispose();
    }

    public void Dispose()
    {
        _stopped = true;
        Clock.Dispose();
        _meter.Dispose();
    }

    // Fine enough for the shortest span that is measured in ticks, coarse enough to cost nothing.
    private static TimeSpan QuantumFor(SiloMessagingOptions messaging, GrainCollectionOptions collection)
    {
        var shortest = new[] { messaging.ResponseTimeout, collection.CollectionAge, collection.CollectionQuantum, TimeSpan.FromSeconds(2) }.Min() / 8;
        return shortest < TimeSpan.FromMilliseconds(10) ? TimeSpan.FromMilliseconds(10) : shortest;
    }
}

/// <summary>The registrations, kept to learn the lifetimes of what grains depend on.</summary>
internal sealed record EngineServices(IServiceCollection Services);
