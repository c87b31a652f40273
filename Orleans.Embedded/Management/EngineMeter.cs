using System.Diagnostics.Metrics;

namespace Orleans.Engine;

/// <summary>What the engine shows to OpenTelemetry, under Orleans' own meter name.</summary>
internal sealed class EngineMeter : IDisposable
{
    private readonly Meter _meter = new("Microsoft.Orleans");

    public EngineMeter(Cluster cluster)
    {
        _meter.CreateObservableGauge("orleans-grains", () => cluster.Registry.Classes.Select(grainClass =>
            new Measurement<int>(grainClass.ActivationCount, new KeyValuePair<string, object?>("type", grainClass.Type.ToString()))));
        _meter.CreateObservableGauge("orleans-catalog-activations", () => cluster.Registry.Classes.Sum(grainClass => grainClass.ActivationCount));
        _meter.CreateObservableGauge("orleans-scheduler-waiting", () => cluster.Watch.Busy.OfType<Activation>().Sum(activation => activation.WaitingCount));
    }

    public void Dispose() => _meter.Dispose();
}
