using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>What all references to one grain class through one interface share.</summary>
public sealed class ReferenceShape
{
    internal ReferenceShape(Cluster cluster, GrainInterface grainInterface, GrainType grainType, GrainClass? grainClass)
    {
        Cluster = cluster;
        Interface = grainInterface;
        GrainType = grainType;
        Class = grainClass;
    }

    internal Cluster Cluster { get; }

    internal GrainInterface Interface { get; }

    internal GrainType GrainType { get; }

    internal GrainClass? Class { get; }

    internal GrainInterfaceType InterfaceType => Interface.InterfaceType;

    /// <summary>The activation to send to, made if need be; null for an observer that is gone.</summary>
    internal IMessageTarget? FindTarget(IdSpan key) => Class is null ? Cluster.Observers.Find(key) : Class.FindOrCreate(key);

    internal IAddressable Cast(Type interfaceType, IdSpan key) => Cluster.Registry.Interface(interfaceType).Reference(this, key);
}
