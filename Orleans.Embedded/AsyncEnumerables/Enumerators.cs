using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>The enumerations that run in an activation; a component of it, gone with it. All in turns of the activation.</summary>
internal sealed class Enumerators(Activation activation) : IAsyncDisposable
{
    private readonly Dictionary<Guid, Enumeration> _byId = [];
    private readonly CancellationTokenSource _leaving = new();
    private IGrainTimer? _timer;

    public static Enumerators Of(Activation activation)
    {
        if (activation.GetComponent<Enumerators>() is { } enumerators)
            return enumerators;

        enumerators = new(activation);
        activation.SetComponent(enumerators);
        return enumerators;
    }

    public ValueTask<(EnumerationResult Status, object? Value)> BeginAsync<T>(Guid id, AsyncEnumerableRequest<T> request, object grain, CancellationToken token)
    {
        _byId[id] = Enumeration<T>.Begin(request, grain);
        _timer ??= GrainTimer<Enumerators>.Start(activation, static (enumerators, _) => enumerators.EndAbandonedAsync(), this, CleanUp());
        return MoveNextAsync(id, token);
    }

    public async ValueTask<(EnumerationResult Status, object? Value)> MoveNextAsync(Guid id, CancellationToken token)
    {
        if (_leaving.IsCancellationRequested || !_byId.TryGetValue(id, out var enumeration))
            return (EnumerationResult.MissingEnumeratorError, null);

        var (status, value) = enumeration.TakeReady();
        if (status == EnumerationResult.Heartbeat)
            (status, value) = await enumeration.WaitAsync(token, _leaving.Token, activation.Cluster.Deadlines.After(activation.Cluster.ResponseTimeout / 2));
        if (status.IsLast)
            await EndAsync(id);
        return (status, value);
    }

    public async ValueTask EndAsync(Guid id)
    {
        if (!_byId.Remove(id, out var enumeration))
            return;

        if (_byId.Count == 0)
        {
            _timer?.Dispose();
            _timer = null;
        }

        await EndAsync(enumeration);
    }

    /// <summary>The activation is to leave: it could not while somebody waits for a next element.</summary>
    public void OnLeaving() => activation.RunTurn(static source => ((CancellationTokenSource)source!).Cancel(), _leaving);

    public async ValueTask DisposeAsync()
    {
        foreach (var id in _byId.Keys.ToArray())
            await EndAsync(id);
    }

    private GrainTimerCreationOptions CleanUp() => new(activation.Cluster.ResponseTimeout, activation.Cluster.ResponseTimeout) { Interleave = true };

    private async Task EndAbandonedAsync()
    {
        foreach (var (id, enumeration) in _byId.ToArray())
        {
            if (enumeration.IsAbandoned())
                await EndAsync(id);
        }
    }

    private async ValueTask EndAsync(Enumeration enumeration)
    {
        using var patience = new CancellationTokenSource(activation.Cluster.ResponseTimeout, activation.Cluster.Time);
        try
        {
            await enumeration.EndAsync(patience.Token);
        }
        catch (Exception exception)
        {
            activation.Cluster.Log.EnumerationFailed(exception, activation.GrainId);
        }
    }
}
