using Orleans.Placement;

namespace Orleans.Concurrency;

[AttributeUsage(AttributeTargets.Method)]
public sealed class ReadOnlyAttribute : Attribute;

[AttributeUsage(AttributeTargets.Method)]
public sealed class OneWayAttribute : Attribute;

[AttributeUsage(AttributeTargets.Method)]
public sealed class AlwaysInterleaveAttribute : Attribute;

[AttributeUsage(AttributeTargets.Class)]
public sealed class ReentrantAttribute : Attribute;

[AttributeUsage(AttributeTargets.Class)]
public sealed class MayInterleaveAttribute(string callbackMethodName) : Attribute
{
    internal string CallbackMethodName { get; } = callbackMethodName;
}

/// <summary>Lets up to <see cref="MaxLocalWorkers"/> activations share one key; a new one starts only when all are busy.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class StatelessWorkerAttribute : PlacementAttribute
{
    public StatelessWorkerAttribute() : this(Environment.ProcessorCount)
    {
    }

    public StatelessWorkerAttribute(int maxLocalWorkers) : this(maxLocalWorkers, removeIdleWorkers: true)
    {
    }

    public StatelessWorkerAttribute(int maxLocalWorkers, bool removeIdleWorkers)
    {
        // Orleans reads a number below one as "as many as there are processors".
        MaxLocalWorkers = maxLocalWorkers > 0 ? maxLocalWorkers : Environment.ProcessorCount;
        RemoveIdleWorkers = removeIdleWorkers;
    }

    internal int MaxLocalWorkers { get; }

    internal bool RemoveIdleWorkers { get; }
}
