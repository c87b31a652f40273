using System.Diagnostics.Metrics;

namespace Orleans.Engine;

/// <summary>Time and failures of storage operations.</summary>
internal sealed class StorageMeter(Meter meter)
{
    private readonly Instruments _read = new(meter, "read");
    private readonly Instruments _write = new(meter, "write");
    private readonly Instruments _clear = new(meter, "clear");

    public Instruments Of(StorageOperation operation) => operation switch
    {
        StorageOperation.Read => _read,
        StorageOperation.Write => _write,
        _ => _clear,
    };

    internal sealed class Instruments(Meter meter, string operation)
    {
        private readonly Histogram<double> _latency = meter.CreateHistogram<double>($"orleans-storage-{operation}-latency", "ms");
        private readonly Counter<int> _errors = meter.CreateCounter<int>($"orleans-storage-{operation}-errors");

        public bool IsOn => _latency.Enabled || _errors.Enabled;

        public void OnDone(TimeSpan elapsed, ReadOnlySpan<KeyValuePair<string, object?>> tags) => _latency.Record(elapsed.TotalMilliseconds, tags);

        public void OnFailed(ReadOnlySpan<KeyValuePair<string, object?>> tags) => _errors.Add(1, tags);
    }
}

internal enum StorageOperation
{
    Read,
    Write,
    Clear,
}
