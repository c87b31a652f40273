using System.Diagnostics.Metrics;
using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>Figures of calls. Their time is taken only while someone listens.</summary>
internal sealed class CallMeter
{
    private readonly Cluster _cluster;
    private readonly long _start;
    private readonly Histogram<double> _latency;
    private readonly Counter<long> _timedOut;
    private readonly Counter<long> _cancelled;
    private readonly Counter<int> _expired;
    private readonly Counter<int> _rejected;
    private readonly Counter<int> _rerouted;
    private volatile bool _isTimed;

    public CallMeter(Meter meter, Cluster cluster)
    {
        _cluster = cluster;
        _start = cluster.Time.GetTimestamp();
        _timedOut = meter.CreateCounter<long>("orleans-app-requests-timedout");
        _cancelled = meter.CreateCounter<long>("orleans-app-requests-canceled");
        _expired = meter.CreateCounter<int>("orleans-messaging-expired");
        _rejected = meter.CreateCounter<int>("orleans-messaging-rejected");
        _rerouted = meter.CreateCounter<int>("orleans-messaging-rerouted");
        _latency = meter.CreateHistogram<double>("orleans-app-requests-latency", "ms");
    }

    /// <summary>Whether calls take their time.</summary>
    public bool IsTimed => _isTimed;

    /// <summary>Microseconds since the start, never zero; they wrap after 71 minutes.</summary>
    public uint Now => (uint)(long)_cluster.Time.GetElapsedTime(_start).TotalMicroseconds | 1;

    /// <summary>Whether someone listens is looked up once a tick, not with every call.</summary>
    public void OnTick() => _isTimed = _latency.Enabled;

    public void OnEnded(uint sentAt) => _latency.Record((Now - sentAt) / 1000.0);

    public void OnTimedOut(GrainType target) => Count(_timedOut, target);

    public void OnCancelled(GrainType target) => Count(_cancelled, target);

    /// <summary>A call was dropped when its turn came, since its caller had given up.</summary>
    public void OnExpired() => _expired.Add(1, new KeyValuePair<string, object?>("Phase", "Invoke"));

    public void OnRejected() => _rejected.Add(1, new KeyValuePair<string, object?>("Direction", "Request"));

    public void OnRerouted(int calls)
    {
        if (calls > 0)
            _rerouted.Add(calls, new KeyValuePair<string, object?>("Direction", "Request"));
    }

    private static void Count(Counter<long> counter, GrainType target)
    {
        if (counter.Enabled)
            counter.Add(1, new KeyValuePair<string, object?>("grain_type", target.ToString()));
    }
}
