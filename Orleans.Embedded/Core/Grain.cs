using System.Diagnostics.CodeAnalysis;
using Orleans.Core;
using Orleans.Engine;
using Orleans.Runtime;

namespace Orleans;

/// <summary>What a class needs to be a grain: the rest is optional.</summary>
public interface IGrainBase
{
    IGrainContext GrainContext { get; }

    Task OnActivateAsync(CancellationToken token) => Task.CompletedTask;

    Task OnDeactivateAsync(DeactivationReason reason, CancellationToken token) => Task.CompletedTask;
}

public abstract class Grain : IGrainBase, IAddressable
{
    protected Grain() : this(RuntimeContext.Current!)
    {
    }

    protected Grain(IGrainContext grainContext) => GrainContext = grainContext;

    [AllowNull]
    public IGrainContext GrainContext { get; }

    public GrainReference GrainReference => Context.GrainReference;

    public string IdentityString => Context.GrainId.ToString();

    protected IGrainFactory GrainFactory => Context.Cluster.Factory;

    protected internal IServiceProvider ServiceProvider => Context.ActivationServices;

    internal Activation Context => GrainContext as Activation
        ?? throw new InvalidOperationException("The grain was created outside the engine: get it from IGrainFactory.");

    public virtual Task OnActivateAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public virtual Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => Task.CompletedTask;

    protected void DeactivateOnIdle() => GrainBaseExtensions.DeactivateOnIdle(this);

    protected void DelayDeactivation(TimeSpan timeSpan) => Context.DelayDeactivation(timeSpan);

    protected void MigrateOnIdle() => GrainBaseExtensions.MigrateOnIdle(this);
}

/// <summary>A grain with one state record, read before activation, in the storage named by its <c>[StorageProvider]</c>.</summary>
public class Grain<TGrainState> : Grain
{
    private readonly IStorage<TGrainState> _storage;

    protected Grain() => _storage = Context.CreateGrainState<TGrainState>(GetType());

    protected Grain(IStorage<TGrainState> storage) => _storage = storage;

    protected TGrainState State
    {
        get => _storage.State;
        set => _storage.State = value;
    }

    protected virtual Task ClearStateAsync() => _storage.ClearStateAsync();

    protected virtual Task WriteStateAsync() => _storage.WriteStateAsync();

    protected virtual Task ReadStateAsync() => _storage.ReadStateAsync();
}
