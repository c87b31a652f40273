using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using CustomerService.Conformance.Activations;
using CustomerService.Conformance.CallChains;
using CustomerService.Conformance.State;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace CustomerService.Conformance.Telemetry;

/// <summary>Figures under Orleans' names. Other clusters of this process count into the same names, so a figure is only compared with itself.</summary>
public sealed class MetricsTests : IAsyncLifetime
{
    private readonly string _key = Keys.New();
    private readonly ConcurrentDictionary<string, double> _sums = [];
    private readonly ConcurrentDictionary<string, bool> _tags = [];
    private readonly MeterListener _listener = new();
    private InProcessTestCluster? _cluster;

    public async ValueTask InitializeAsync()
    {
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == "Microsoft.Orleans")
                listener.EnableMeasurementEvents(instrument);
        };
        _listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Note(instrument, value, tags));
        _listener.Start();
        _cluster = await Clusters.StartAsync(silo => silo.AddMemoryGrainStorageAsDefault().AddMemoryGrainStorage("Notes"));
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _cluster!.DisposeAsync();
    }

    [Fact]
    public async Task Activations_are_counted_when_they_come_and_when_they_go()
    {
        var grain = _cluster!.Client.GetGrain<IDifficultGrain>(_key);
        await grain.ActivationAsync();
        await grain.LeaveAsync();
        await grain.ActivationAsync();

        Assert.True(Sum("orleans-catalog-activation-created") >= 2);
        Assert.True(Sum("orleans-catalog-activation-destroyed") >= 1);
        Assert.Contains("orleans-catalog-activation-created grain_type=difficult", _tags.Keys);
        Assert.Contains("orleans-catalog-activation-destroyed grain_type=difficult", _tags.Keys);
        Assert.Contains("orleans-catalog-activation-shutdown grain_type=difficult", _tags.Keys);
        Assert.Contains("orleans-catalog-activation-latency grain_type=difficult", _tags.Keys);
        Assert.Contains("orleans-catalog-deactivation-latency grain_type=difficult", _tags.Keys);
        Assert.Contains("orleans-catalog-activation-shutdown via=deactivateOnIdle", _tags.Keys);
        Assert.Contains("orleans-catalog-activation-latency status=success", _tags.Keys);
        Assert.Contains("orleans-catalog-deactivation-latency via=deactivateOnIdle", _tags.Keys);
    }

    [Fact]
    public async Task Grains_are_counted_by_type()
    {
        await _cluster!.Client.GetGrain<IDifficultGrain>(_key).ActivationAsync();

        _listener.RecordObservableInstruments();

        Assert.Contains("orleans-grains grain_type=difficult", _tags.Keys);
        Assert.Contains("orleans-catalog-activations grain_type=difficult", _tags.Keys);
        Assert.True(Sum("orleans-catalog-activations") >= 1);
    }

    [Fact]
    public async Task An_activation_that_fails_is_counted()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(_cluster!.Client.GetGrain<IDifficultGrain>(_key + "/fails").ActivationAsync);

        Assert.Contains("orleans-catalog-activation-failed-to-activate grain_type=difficult", _tags.Keys);
        Assert.Contains("orleans-catalog-activation-latency status=error", _tags.Keys);
    }

    [Fact]
    public async Task Calls_that_time_out_or_are_cancelled_are_counted_by_grain_type()
    {
        var grain = _cluster!.Client.GetGrain<IChainGrain>(_key);
        await Assert.ThrowsAsync<TimeoutException>(() => grain.NeverAsync(_key + "/never"));
        Gate.Of(_key + "/never").Open();
        using var source = new CancellationTokenSource();
        var call = grain.IsCancelledAsync(_key + "/gate", source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);

        Assert.Contains("orleans-app-requests-timedout grain_type=chain", _tags.Keys);
        Assert.Contains("orleans-app-requests-canceled grain_type=chain", _tags.Keys);
    }

    [Fact]
    public async Task Calls_are_timed_while_someone_listens()
    {
        var grain = _cluster!.Client.GetGrain<IDifficultGrain>(_key);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));

        // An engine may notice its listener only after a while.
        for (var call = 0; call < 500 && !_sums.ContainsKey("orleans-app-requests-latency"); call++)
        {
            await grain.ActivationAsync();
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Assert.Contains("orleans-app-requests-latency", _sums.Keys);
    }

    [Fact]
    public async Task Storage_operations_are_timed_by_provider_state_and_type()
    {
        await _cluster!.Client.GetGrain<INoteGrain>(_key).WriteAsync("x");

        Assert.Contains("orleans-storage-read-latency state_name=note", _tags.Keys);
        Assert.Contains("orleans-storage-write-latency state_name=note", _tags.Keys);
    }

    private double Sum(string name) => _sums.GetValueOrDefault(name);

    private void Note(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        _sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value);
        foreach (var (key, tag) in tags)
            _tags[$"{instrument.Name} {key}={tag}"] = true;
    }
}
