using System.Diagnostics.Metrics;
using Orleans.Runtime;
using Orleans.Statistics;

namespace Orleans.Engine;

/// <summary>
/// What the engine shows to OpenTelemetry, under the names and tags of Orleans. Instruments that nobody listens to cost a
/// look at a field; what exists anyway is counted only when someone asks.
/// </summary>
internal sealed class EngineMeter : IDisposable
{
    private readonly Meter _meter;
    private readonly Counter<int> _created;
    private readonly Counter<int> _destroyed;
    private readonly Counter<int> _failed;
    private readonly Counter<int> _collections;
    private readonly Counter<int> _shutdown;
    private readonly Counter<int> _loadShed;

    public EngineMeter(Cluster cluster, IEnvironmentStatisticsProvider environment, IMeterFactory? factory)
    {
        _meter = factory?.Create("Microsoft.Orleans") ?? new("Microsoft.Orleans");
        Calls = new(_meter, cluster);
        Storage = new(_meter);
        Activation = _meter.CreateHistogram<double>("orleans-catalog-activation-latency", "ms");
        Deactivation = _meter.CreateHistogram<double>("orleans-catalog-deactivation-latency", "ms");
        _created = _meter.CreateCounter<int>("orleans-catalog-activation-created");
        _destroyed = _meter.CreateCounter<int>("orleans-catalog-activation-destroyed");
        _failed = _meter.CreateCounter<int>("orleans-catalog-activation-failed-to-activate");
        _collections = _meter.CreateCounter<int>("orleans-catalog-activation-collections");
        _shutdown = _meter.CreateCounter<int>("orleans-catalog-activation-shutdown");
        _loadShed = _meter.CreateCounter<int>("orleans-gateway-load-shedding");
        _meter.CreateObservableUpDownCounter("orleans-grains", () => ByType(cluster));
        _meter.CreateObservableGauge("orleans-catalog-activations", () => ByType(cluster));
        _meter.CreateObservableGauge("orleans-runtime-total-physical-memory", () => Megabytes(environment.GetEnvironmentStatistics().MaximumAvailableMemoryBytes), "MB");
        _meter.CreateObservableGauge("orleans-runtime-available-memory", () => Megabytes(environment.GetEnvironmentStatistics().RawAvailableMemoryBytes), "MB");
    }

    public Meter Meter => _meter;

    public CallMeter Calls { get; }

    public StorageMeter Storage { get; }

    /// <summary>Milliseconds from the first message to the first call.</summary>
    public Histogram<double> Activation { get; }

    /// <summary>Milliseconds of leaving.</summary>
    public Histogram<double> Deactivation { get; }

    public void OnCreated(GrainClass grainClass) => _created.Add(1, grainClass.Tag);

    public void OnFailedToActivate(GrainClass grainClass) => _failed.Add(1, grainClass.Tag);

    public void OnCollection() => _collections.Add(1);

    public void OnLoadShed() => _loadShed.Add(1);

    public void OnActivated(GrainClass grainClass, TimeSpan elapsed, string status) =>
        Activation.Record(elapsed.TotalMilliseconds, grainClass.Tag, new KeyValuePair<string, object?>("status", status), new KeyValuePair<string, object?>("directory", "enabled"));

    public void OnDestroyed(GrainClass grainClass) => _destroyed.Add(1, grainClass.Tag);

    public void OnShutdown(GrainClass grainClass, DeactivationReason reason) => _shutdown.Add(1, grainClass.Tag, Via(reason));

    public void OnDeactivated(GrainClass grainClass, DeactivationReason reason, TimeSpan elapsed) => Deactivation.Record(elapsed.TotalMilliseconds, grainClass.Tag, Via(reason));

    private static IEnumerable<Measurement<int>> ByType(Cluster cluster) => cluster.Registry.Classes
        .Where(grainClass => grainClass.ActivationCount > 0).Select(grainClass => new Measurement<int>(grainClass.ActivationCount, grainClass.Tag));

    private static KeyValuePair<string, object?> Via(DeactivationReason reason) => new("via", reason.ReasonCode switch
    {
        DeactivationReasonCode.ActivationIdle or DeactivationReasonCode.HighMemoryPressure => "collection",
        DeactivationReasonCode.ActivationUnresponsive => "deactivateStuckActivation",
        _ => "deactivateOnIdle",
    });

    public void Dispose() => _meter.Dispose();

    private static long Megabytes(long bytes) => bytes / (1024 * 1024);
}
