using System.Collections.Concurrent;
using System.Reflection;
using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>A grain or observer interface, the classes that implement it, and how to make references to them.</summary>
internal sealed class GrainInterface(Type type, Func<ReferenceShape, IdSpan, GrainReference> create)
{
    private readonly List<GrainClass> _classes = [];
    private readonly ConcurrentDictionary<GrainType, ReferenceShape> _shapes = [];
    private ReferenceShape? _only;

    public Type Type => type;

    public GrainInterfaceType InterfaceType { get; } =
        type.GetCustomAttribute<GrainInterfaceTypeAttribute>()?.GetGrainInterfaceType(null!, type)
        ?? GrainInterfaceType.Create(type.GetCustomAttribute<AliasAttribute>()?.Alias ?? type.FullName ?? type.Name);

    public void AddClass(GrainClass grainClass) => _classes.Add(grainClass);

    public GrainReference Reference(Cluster cluster, IdSpan key, string? classNamePrefix)
    {
        if (string.IsNullOrWhiteSpace(classNamePrefix))
            classNamePrefix = null;
        if (classNamePrefix is null && _only is not null)
            return create(_only, key);

        var shape = ShapeOf(cluster, Resolve(classNamePrefix));
        if (classNamePrefix is null)
            _only = shape;
        return create(shape, key);
    }

    public GrainReference Reference(Cluster cluster, GrainType grainType, GrainClass? grainClass, IdSpan key) =>
        create(_shapes.GetOrAdd(grainType, _ => new(cluster, this, grainType, grainClass)), key);

    public GrainReference Reference(ReferenceShape other, IdSpan key) => Reference(other.Cluster, other.GrainType, other.Class, key);

    private ReferenceShape ShapeOf(Cluster cluster, GrainClass grainClass) =>
        _shapes.GetOrAdd(grainClass.Type, _ => new(cluster, this, grainClass.Type, grainClass));

    // Without a prefix IFoo means Foo, and of what begins with a prefix the class that is named so.
    private GrainClass Resolve(string? prefix)
    {
        var candidates = prefix is null ? _classes : _classes.FindAll(one => one.ClassType.FullName!.StartsWith(prefix, StringComparison.Ordinal));
        if (candidates.Find(one => prefix is null ? one.ClassType.Name == type.Name[1..] : one.ClassType.FullName == prefix) is { } named)
            return named;

        return candidates.Count switch
        {
            1 => candidates[0],
            0 => throw new ArgumentException($"Could not find an implementation for interface {type}{(prefix is null ? "" : $" whose full class name begins with {prefix}")}.", nameof(prefix)),
            _ => throw new ArgumentException($"Interface {type} is implemented by {string.Join(", ", candidates.Select(c => c.ClassType.FullName))}: name a class prefix.", nameof(prefix)),
        };
    }
}
