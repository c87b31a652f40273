using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.CodeGeneration;
using Orleans.Configuration;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Statistics;
using Orleans.Storage;

namespace Orleans.Engine;

/// <summary>The engine itself: what everything in one host shares.</summary>
internal sealed class Cluster : IDisposable
{
    private volatile bool _stopped;

    public Cluster(IServiceProvider services, EngineServices collection, IWorkScheduler scheduler, ILogger<Cluster> logger)
    {
        Services = services;
        Scheduler = scheduler;
        Time = services.GetRequiredService<TimeProvider>();
        Ids = services.GetRequiredService<EngineIds>();
        Messaging = services.GetRequiredService<IOptions<SiloMessagingOptions>>().Value;
        Collection = services.GetRequiredService<IOptions<GrainCollectionOptions>>().Value;
        Collection.Check();
        var environment = services.GetRequiredService<IEnvironmentStatisticsProvider>();
        var loadShedding = services.GetRequiredService<IOptions<LoadSheddingOptions>>().Value;
        loadShedding.Check();
        Log = new(logger);
        Clock = new(Time, QuantumFor(Messaging, Collection));
        MaxProcessingTicks = Clock.TicksOf(Messaging.MaxRequestProcessingTime);
        Deadlines = new(Clock);
        Watch = new();
        Observers = new(this);
        Filters = new(services.GetServices<IIncomingGrainCallFilter>(), services.GetServices<IOutgoingGrainCallFilter>());
        Registry = new(this, collection.Services, GrainManifests.Find());
        Factory = new(this, services);
        Collector = new(this);
        LoadShedder = new(loadShedding, environment, Clock);
        Meter = new(this, environment, services.GetService<IMeterFactory>());
        Clock.OnTick.AddRange([Deadlines.CancelExpired, Watch.Scan, Collector.OnTick, new MemoryPressure(this, environment).OnTick, LoadShedder.OnTick, Meter.Calls.OnTick]);
        Clock.Start();
    }

    public IServiceProvider Services { get; }

    public IWorkScheduler Scheduler { get; }

    public TimeProvider Time { get; }

    public EngineIds Ids { get; }

    public SiloMessagingOptions Messaging { get; }

    public GrainCollectionOptions Collection { get; }

    public TimeSpan ResponseTimeout => Messaging.ResponseTimeout;

    public uint MaxProcessingTicks { get; }

    public EngineLog Log { get; }

    public EngineClock Clock { get; }

    public DeadlineTokens Deadlines { get; }

    public CallWatch Watch { get; }

    public ObserverDirectory Observers { get; }

    public CallFilters Filters { get; }

    public GrainRegistry Registry { get; }

    public GrainFactory Factory { get; }

    public Collector Collector { get; }

    public LoadShedder LoadShedder { get; }

    public EngineMeter Meter { get; }

    public bool IsStopped => _stopped;

    public void ThrowIfStopped()
    {
        if (_stopped)
            throw new SiloUnavailableException("The host has stopped.");
    }

    /// <summary>Turns away a call from outside the grains while load is shed.</summary>
    public void Refuse(GrainRequest request)
    {
        Meter.OnLoadShed();
        request.Reject(new GatewayTooBusyException());
    }

    public IGrainStorage StorageOf(GrainClass grainClass, string? name)
    {
        var storage = string.IsNullOrEmpty(name)
            ? Services.GetKeyedService<IGrainStorage>(ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME)
            : Services.GetKeyedService<IGrainStorage>(name);
        return storage ?? throw new BadProviderConfigException(
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
        Meter.Dispose();
    }

    // Fine enough for the shortest span that is measured in ticks, coarse enough to cost nothing.
    private static TimeSpan QuantumFor(SiloMessagingOptions messaging, GrainCollectionOptions collection)
    {
        TimeSpan[] spans =
        [
            messaging.ResponseTimeout, messaging.MaxRequestProcessingTime, collection.CollectionAge, collection.CollectionQuantum, collection.ActivationTimeout,
            collection.DeactivationTimeout, collection.EnableActivationSheddingOnMemoryPressure ? collection.MemoryUsagePollingPeriod : TimeSpan.MaxValue,
            TimeSpan.FromSeconds(2),
        ];
        var shortest = spans.Min() / 8;
        return shortest < TimeSpan.FromMilliseconds(10) ? TimeSpan.FromMilliseconds(10) : shortest;
    }
}

/// <summary>The registrations, kept to learn the lifetimes of what grains depend on.</summary>
internal sealed record EngineServices(IServiceCollection Services);
