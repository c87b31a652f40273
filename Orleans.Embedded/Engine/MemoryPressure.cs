using Orleans.Configuration;
using Orleans.Statistics;

namespace Orleans.Engine;

/// <summary>Ends the activations that are next to fall due when memory is short, as many as it takes to reach the target.</summary>
internal sealed class MemoryPressure(Cluster cluster, IEnvironmentStatisticsProvider environment)
{
    private readonly GrainCollectionOptions _options = cluster.Collection;
    private readonly uint _period = Math.Max(1, cluster.Clock.TicksOf(cluster.Collection.MemoryUsagePollingPeriod));
    private uint _next;
    private int _lastFullCollection;

    public void OnTick()
    {
        if (!_options.EnableActivationSheddingOnMemoryPressure || cluster.Clock.Tick < _next)
            return;

        _next = cluster.Clock.Tick + _period;

        // What the last round has freed shows only after a full collection of garbage.
        var collections = GC.CollectionCount(2);
        if (collections > _lastFullCollection && Surplus() is var surplus and > 0)
        {
            _lastFullCollection = collections;
            Shed(surplus);
        }
    }

    private int Surplus()
    {
        var usage = environment.GetEnvironmentStatistics().NormalizedMemoryUsage;
        if (usage <= _options.MemoryUsageLimitPercentage / 100)
            return 0;

        var count = cluster.Registry.Classes.Sum(grainClass => grainClass.ActivationCount);
        return (int)(count - Math.Floor(count * _options.MemoryUsageTargetPercentage / 100 / usage));
    }

    private void Shed(int count)
    {
        cluster.Meter.OnCollection();
        var due = cluster.Registry.Classes.Where(grainClass => grainClass.CollectionAge is not null)
            .SelectMany(grainClass => grainClass.Activations.Select(activation => (Activation: activation, Due: (ulong)activation.LastUsed + grainClass.CollectionAge!.Value)))
            .Where(one => !one.Activation.IsBusy);
        var reason = new DeactivationReason(
            DeactivationReasonCode.HighMemoryPressure, $"More than {_options.MemoryUsageLimitPercentage}% of the memory is in use.");
        foreach (var (activation, _) in due.OrderBy(one => one.Due).Take(count))
            activation.Post(new ShedItem(reason));
    }

    private sealed class ShedItem(DeactivationReason reason) : ControlItem
    {
        public override void Run(Activation activation)
        {
            if (activation.IsInactive)
                activation.Deactivate(reason);
        }
    }
}
