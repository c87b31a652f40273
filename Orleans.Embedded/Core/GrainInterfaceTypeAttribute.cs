namespace Orleans.Runtime;

[AttributeUsage(AttributeTargets.Interface)]
public sealed class GrainInterfaceTypeAttribute(string value) : Attribute
{
    private readonly GrainInterfaceType _value = GrainInterfaceType.Create(value);

    public GrainInterfaceType GetGrainInterfaceType(IServiceProvider services, Type type) => _value;
}
