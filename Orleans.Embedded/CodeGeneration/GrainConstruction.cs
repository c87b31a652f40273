using Microsoft.Extensions.DependencyInjection;
using Orleans.Engine;
using Orleans.Runtime;

namespace Orleans.CodeGeneration;

/// <summary>What generated code calls a grain's constructor with.</summary>
public readonly struct GrainConstruction
{
    private readonly Activation _activation;

    internal GrainConstruction(Activation activation) => _activation = activation;

    public IGrainContext Context => _activation;

    public T Service<T>() where T : notnull => _activation.ActivationServices.GetRequiredService<T>();

    public T? OptionalService<T>() => _activation.ActivationServices.GetService<T>();

    public T KeyedService<T>(object key) where T : notnull => _activation.ActivationServices.GetRequiredKeyedService<T>(key);

    public IPersistentState<T> State<T>(string stateName, string? storageName) => _activation.CreateState<T>(stateName, storageName);
}
