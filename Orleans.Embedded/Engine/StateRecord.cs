using System.Diagnostics.CodeAnalysis;
using Orleans.Diagnostics;
using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Engine;

internal abstract class StateRecord
{
    public StateRecord? NextState { get; init; }

    public abstract Task ReadFirstAsync(CancellationToken deadline);
}

/// <summary>One record of a grain's state with what storage said about it; also the very object storage fills in.</summary>
internal sealed class StateRecord<T>(Activation activation, string name, IGrainStorage storage) : StateRecord, IPersistentState<T>, IGrainState<T>
{
    private Task _last = Task.CompletedTask;

    [AllowNull]
    public T State { get => field is null ? field = Create() : field; set; }

    public string? ETag { get; set; }

    public string? Etag => ETag;

    public bool RecordExists { get; set; }

    public override Task ReadFirstAsync(CancellationToken deadline) => ReadStateAsync(deadline);

    public Task ReadStateAsync() => ReadStateAsync(CancellationToken.None);

    public Task WriteStateAsync() => WriteStateAsync(CancellationToken.None);

    public Task ClearStateAsync() => ClearStateAsync(CancellationToken.None);

    public Task ReadStateAsync(CancellationToken cancellationToken) => InOrder(StorageOperation.Read, cancellationToken);

    public Task WriteStateAsync(CancellationToken cancellationToken) => InOrder(StorageOperation.Write, cancellationToken);

    public Task ClearStateAsync(CancellationToken cancellationToken) => InOrder(StorageOperation.Clear, cancellationToken);

    private static T Create() => typeof(T).IsValueType || typeof(T).GetConstructor(Type.EmptyTypes) is not null ? Activator.CreateInstance<T>() : default!;

    // Turns of an interleaving grain may overlap; their storage operations may not.
    private Task InOrder(StorageOperation operation, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var last = _last;
        return _last = last.IsCompleted ? Run(operation, token) : After(last, operation, token);
    }

    private async Task After(Task last, StorageOperation operation, CancellationToken token)
    {
        await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await Run(operation, token);
    }

    private Task Run(StorageOperation operation, CancellationToken token)
    {
        var instruments = activation.Cluster.Meter.Storage.Of(operation);
        return instruments.IsOn || ActivitySources.StorageGrainSource.HasListeners() ? RunMeasured(operation, instruments, token) : RunPlain(operation, token);
    }

    private Task RunPlain(StorageOperation operation, CancellationToken token) => operation switch
    {
        StorageOperation.Read => storage.ReadStateAsync(name, activation.GrainId, this, token),
        StorageOperation.Write => storage.WriteStateAsync(name, activation.GrainId, this, token),
        _ => storage.ClearStateAsync(name, activation.GrainId, this, token),
    };

    private async Task RunMeasured(StorageOperation operation, StorageMeter.Instruments instruments, CancellationToken token)
    {
        KeyValuePair<string, object?>[] tags = [new("provider_type_name", storage.GetType().Name), new("state_name", name), new("state_type", typeof(T).Name)];
        var time = activation.Cluster.Time;
        var start = time.GetTimestamp();
        using var activity = ActivitySources.StorageGrainSource.StartActivity(operation switch
        {
            StorageOperation.Read => ActivityNames.StorageRead,
            StorageOperation.Write => ActivityNames.StorageWrite,
            _ => ActivityNames.StorageClear,
        });
        activity?.SetTag("orleans.grain.id", activation.GrainId.ToString());
        activity?.SetTag("orleans.storage.provider", storage.GetType().Name);
        activity?.SetTag("orleans.storage.state.name", name);
        activity?.SetTag("orleans.storage.state.type", typeof(T).Name);
        try
        {
            await RunPlain(operation, token);
            instruments.OnDone(time.GetElapsedTime(start), tags);
        }
        catch (Exception exception)
        {
            activity?.Fail(exception);
            instruments.OnFailed(tags);
            throw;
        }
    }
}
