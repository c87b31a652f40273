using Orleans.Runtime;

namespace Orleans;

/// <summary>The name under which activations and stored state of a grain class are known; it survives a rename of the class.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class GrainTypeAttribute(string grainType) : Attribute
{
    private readonly GrainType _grainType = GrainType.Create(grainType);

    public GrainType GetGrainType(IServiceProvider services, Type type) => _grainType;
}
