namespace Orleans.Engine;

/// <summary>Ends activations that have been idle for as long as their class allows.</summary>
internal sealed class Collector(Cluster cluster)
{
    // How often Orleans looks for idle stateless workers.
    private static readonly TimeSpan s_poolInspection = TimeSpan.FromMilliseconds(500);

    private readonly uint _quantum = Math.Max(1, cluster.Clock.TicksOf(cluster.Collection.CollectionQuantum));
    private readonly uint _poolQuantum = Math.Max(1, cluster.Clock.TicksOf(s_poolInspection));
    private uint _next;
    private uint _nextPools;

    public void OnTick()
    {
        if (cluster.Clock.Tick >= _nextPools)
        {
            _nextPools = cluster.Clock.Tick + _poolQuantum;
            foreach (var pool in cluster.Registry.Classes.SelectMany(grainClass => grainClass.ShrinkingPools))
                pool.TrimIdle();
        }

        if (cluster.Clock.Tick < _next)
            return;

        _next = cluster.Clock.Tick + _quantum;
        cluster.Meter.OnCollection();
        Collect(grainClass => grainClass.CollectionAge);
    }

    /// <summary>Asks every activation that looks idle; in its own turn it looks again, since a call may have come in.</summary>
    public void Collect(Func<GrainClass, uint?> ageOf)
    {
        foreach (var grainClass in cluster.Registry.Classes)
        {
            if (ageOf(grainClass) is not { } age)
                continue;

            foreach (var activation in grainClass.Activations)
            {
                if (activation.LooksIdleFor(age))
                    activation.Post(new CollectItem(age));
            }
        }
    }

    private sealed class CollectItem(uint age) : ControlItem
    {
        public override void Run(Activation activation)
        {
            if (activation.IsIdleFor(age))
                activation.Deactivate(new(DeactivationReasonCode.ActivationIdle, "The activation was idle."));
        }
    }
}
