using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Providers;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Engine;

// The state records a grain asked for in its constructor.
internal partial class Activation
{
    private StateRecord? _states;

    public IPersistentState<T> CreateState<T>(string stateName, string? storageName)
    {
        var record = new StateRecord<T>(this, stateName, Cluster.StorageOf(Class, storageName)) { NextState = _states };
        _states = record;
        return record;
    }

    public IPersistentState<T> CreateGrainState<T>(Type grainClass) =>
        CreateState<T>(grainClass.FullName ?? grainClass.Name, grainClass.GetCustomAttribute<StorageProviderAttribute>()?.ProviderName);
}
