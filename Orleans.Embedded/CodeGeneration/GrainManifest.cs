using Orleans.Engine;
using Orleans.Runtime;

namespace Orleans.CodeGeneration;

/// <summary>Names the class that knows the grain interfaces and grain classes of an assembly.</summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class GrainManifestAttribute(Type manifest) : Attribute
{
    internal GrainManifest Create() => (GrainManifest)Activator.CreateInstance(manifest)!;
}

/// <summary>The grain interfaces and grain classes of one assembly, written by the source generator.</summary>
public abstract class GrainManifest
{
    public abstract void AddTo(IGrainRegistry registry);
}

public interface IGrainRegistry
{
    void AddInterface<TInterface>(Func<ReferenceShape, IdSpan, GrainReference> create) where TInterface : IAddressable;

    /// <param name="construct">Calls the constructor.</param>
    /// <param name="dependencies">The services the constructor asks for; when one is scoped, each activation gets a scope.</param>
    /// <param name="interfaces">The grain interfaces of the class.</param>
    void AddGrain<TGrain>(Func<GrainConstruction, object> construct, Type[] dependencies, Type[] interfaces) where TGrain : class, IGrainBase;
}
