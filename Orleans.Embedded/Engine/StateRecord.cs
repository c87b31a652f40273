using System.Diagnostics.CodeAnalysis;
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

    public Task ReadStateAsync(CancellationToken cancellationToken) =>
        InOrder(static (record, token) => record.Storage.ReadStateAsync(record.Name, record.Id, record, token), cancellationToken);

    public Task WriteStateAsync(CancellationToken cancellationToken) =>
        InOrder(static (record, token) => record.Storage.WriteStateAsync(record.Name, record.Id, record, token), cancellationToken);

    public Task ClearStateAsync(CancellationToken cancellationToken) =>
        InOrder(static (record, token) => record.Storage.ClearStateAsync(record.Name, record.Id, record, token), cancellationToken);

    private IGrainStorage Storage => storage;

    private string Name => name;

    private GrainId Id => activation.GrainId;

    private static T Create() => typeof(T).IsValueType || typeof(T).GetConstructor(Type.EmptyTypes) is not null ? Activator.CreateInstance<T>() : default!;

    // Turns of an interleaving grain may overlap; their storage operations may not.
    private Task InOrder(Func<StateRecord<T>, CancellationToken, Task> operation, CancellationToken token)
    {
        token.ThrowIfCancellationRequested();
        var last = _last;
        return _last = last.IsCompleted ? operation(this, token) : After(last, operation, token);
    }

    private async Task After(Task last, Func<StateRecord<T>, CancellationToken, Task> operation, CancellationToken token)
    {
        await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        await operation(this, token);
    }
}
