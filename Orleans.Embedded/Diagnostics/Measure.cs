using System.Diagnostics;
using System.Diagnostics.Metrics;
using Orleans.Diagnostics;

namespace Orleans.Engine;

/// <summary>Takes the time and the trace of an activation's beginning or end; there is none while nobody listens.</summary>
internal sealed class Measure
{
    private readonly TimeProvider _time;
    private readonly long _start;
    private readonly Activity? _activity;

    private Measure(TimeProvider time, Activity? activity)
    {
        _time = time;
        _start = time.GetTimestamp();
        _activity = activity;
    }

    public static Measure? Start(Instrument instrument, string name, Activation activation)
    {
        var source = ActivitySources.LifecycleGrainSource;
        if (!instrument.Enabled && !source.HasListeners())
            return null;

        var activity = source.StartActivity(name);
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag("orleans.grain.id", activation.GrainId.ToString());
            activity.SetTag("orleans.grain.type", activation.Class.TypeName);
            if (activation.Extras.Reason is { } reason)
                activity.SetTag("orleans.deactivation.reason", reason.ToString());
        }

        return new(activation.Cluster.Time, activity);
    }

    /// <returns>The time taken.</returns>
    public TimeSpan Stop(Exception? failure)
    {
        if (failure is not null)
            _activity?.Fail(failure);
        _activity?.Stop();
        return _time.GetElapsedTime(_start);
    }
}
