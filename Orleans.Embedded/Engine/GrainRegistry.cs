using System.Collections.Concurrent;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.CodeGeneration;
using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>All grain interfaces and grain classes of the process, as the generated manifests tell them.</summary>
internal sealed class GrainRegistry : IGrainRegistry
{
    private readonly Cluster _cluster;
    private readonly IServiceCollection _services;
    private readonly Dictionary<Type, GrainInterface> _interfaces = [];
    private readonly Dictionary<GrainType, (GrainClass Class, Type[] Interfaces)> _classes = [];
    private readonly List<Action> _links = [];

    public GrainRegistry(Cluster cluster, IServiceCollection services, IEnumerable<GrainManifest> manifests)
    {
        _cluster = cluster;
        _services = services;
        foreach (var manifest in manifests)
            manifest.AddTo(this);
        foreach (var link in _links)
            link();
        _links.Clear();
    }

    public IEnumerable<GrainClass> Classes => _classes.Values.Select(entry => entry.Class);

    public GrainInterface Interface(Type type) => _interfaces.TryGetValue(type, out var found)
        ? found
        : throw new ArgumentException($"{type} is no grain interface that the source generator has seen: does its project reference the generator?", nameof(type));

    public GrainClass Class(GrainType type) => _classes.TryGetValue(type, out var found)
        ? found.Class
        : throw new ArgumentException($"No grain class has the type {type}.", nameof(type));

    public GrainClass? FindClass(GrainType type) => _classes.TryGetValue(type, out var found) ? found.Class : null;

    public GrainInterface? Interface(GrainInterfaceType type) => _interfaces.Values.FirstOrDefault(known => known.InterfaceType == type);

    public GrainReference ReferenceTo(Activation activation)
    {
        var (grainClass, interfaces) = _classes[activation.Class.Type];
        return Interface(interfaces[0]).Reference(_cluster, grainClass.Type, grainClass, activation.Key);
    }

    public GrainReference ReferenceTo(GrainId id)
    {
        var (grainClass, interfaces) = _classes.TryGetValue(id.Type, out var found) ? found : throw new ArgumentException($"No grain class has the type {id.Type}.", nameof(id));
        return Interface(interfaces[0]).Reference(_cluster, grainClass.Type, grainClass, id.Key);
    }

    public GrainReference ReferenceTo(GrainId id, GrainInterface grainInterface) =>
        grainInterface.Reference(_cluster, id.Type, id.Type == ObserverDirectory.Type ? null : Class(id.Type), id.Key);

    void IGrainRegistry.AddInterface<TInterface>(Func<ReferenceShape, IdSpan, GrainReference> create) =>
        _interfaces[typeof(TInterface)] = new(typeof(TInterface), create);

    void IGrainRegistry.AddGrain<TGrain>(Func<GrainConstruction, object> construct, Type[] dependencies, Type[] interfaces)
    {
        var grainClass = new GrainClass(_cluster, typeof(TGrain), construct, dependencies.Any(NeedsScope));
        if (!_classes.TryAdd(grainClass.Type, (grainClass, interfaces)))
            throw new OrleansConfigurationException($"Two grain classes have the type {grainClass.Type}: {_classes[grainClass.Type].Class.ClassType} and {typeof(TGrain)}.");

        _links.Add(() =>
        {
            foreach (var type in interfaces)
                Interface(type).AddClass(grainClass);
        });
    }

    private bool NeedsScope(Type dependency)
    {
        var definition = dependency.IsGenericType ? dependency.GetGenericTypeDefinition() : dependency;
        var last = _services.LastOrDefault(service => !service.IsKeyedService && (service.ServiceType == dependency || service.ServiceType == definition));
        return last is not null && last.Lifetime != ServiceLifetime.Singleton;
    }
}
