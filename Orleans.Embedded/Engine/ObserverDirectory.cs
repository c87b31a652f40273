using System.Collections.Concurrent;
using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>The observers of this process by the key their references carry.</summary>
internal sealed class ObserverDirectory(Cluster cluster)
{
    public static readonly GrainType Type = GrainType.Create("sys.observer");

    private readonly ConcurrentDictionary<IdSpan, ObserverTarget> _targets = [];

    public GrainReference Add(Type interfaceType, IGrainObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        if (RuntimeContext.Current is not null)
            throw new InvalidOperationException("A grain cannot make references to local objects.");
        if (observer is GrainReference)
            throw new ArgumentException("The argument is a reference already.", nameof(observer));
        if (observer is IGrainBase)
            throw new ArgumentException("A grain needs no reference to itself but AsReference.", nameof(observer));

        var key = GrainIdKeyExtensions.CreateGuidKey(cluster.Ids.Next());
        _targets[key] = new(cluster, key, observer);
        return cluster.Registry.Interface(interfaceType).Reference(cluster, Type, grainClass: null, key);
    }

    public void Remove(IGrainObserver reference)
    {
        if (reference is not GrainReference { GrainId: var id } || id.Type != Type)
            throw new ArgumentException("Only a reference made by CreateObjectReference can be deleted.", nameof(reference));

        if (_targets.TryRemove(id.Key, out var target))
            target.Delete();
    }

    public IMessageTarget? Find(IdSpan key) => _targets.GetValueOrDefault(key);
}
