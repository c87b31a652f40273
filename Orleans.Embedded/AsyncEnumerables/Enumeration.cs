using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>One enumeration that runs in a grain.</summary>
internal abstract class Enumeration
{
    /// <summary>What can be had without waiting; a heartbeat when there is nothing yet.</summary>
    public abstract (EnumerationResult Status, object? Value) TakeReady();

    /// <summary>Waits for the next element until one of the tokens says enough.</summary>
    public abstract ValueTask<(EnumerationResult Status, object? Value)> WaitAsync(CancellationToken cancelled, CancellationToken leaving, CancellationToken deadline);

    /// <summary>Cancels and disposes the grain's enumerator.</summary>
    public abstract Task EndAsync(CancellationToken patience);

    /// <summary>Whether nobody has asked since the last time this was asked.</summary>
    public abstract bool IsAbandoned();
}

internal sealed class Enumeration<T>(IAsyncEnumerator<T> source, CancellationTokenSource ended, int maxBatch) : Enumeration
{
    private Task<bool>? _pending;
    private bool _waiting;
    private bool _seen;

    public static Enumeration<T> Begin(AsyncEnumerableRequest<T> request, object grain)
    {
        var ended = new CancellationTokenSource();
        return new(request.Run(grain, ended.Token).GetAsyncEnumerator(ended.Token), ended, request.MaxBatchSize);
    }

    public override (EnumerationResult Status, object? Value) TakeReady()
    {
        _seen = true;
        if (_pending is not null)
            return (EnumerationResult.Heartbeat, null);

        object? value = null;
        for (var count = 0; count < maxBatch; count++)
        {
            var next = MoveNext();
            if (!next.IsCompletedSuccessfully)
            {
                _pending = next.AsTask();
                return (Found(count), value);
            }

            if (!next.Result)
                return (count == 0 ? EnumerationResult.Completed : EnumerationResult.Completed | Found(count), value);

            value = Add(value, count);
        }

        return (Found(maxBatch), value);
    }

    public override async ValueTask<(EnumerationResult Status, object? Value)> WaitAsync(CancellationToken cancelled, CancellationToken leaving, CancellationToken deadline)
    {
        var pending = _pending!;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(cancelled, leaving, deadline);
        _waiting = true;
        await ((Task)pending.WaitAsync(enough.Token)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        (_waiting, _seen) = (false, true);
        if (!pending.IsCompleted)
        {
            return (cancelled.IsCancellationRequested ? EnumerationResult.Canceled
                : leaving.IsCancellationRequested ? EnumerationResult.MissingEnumeratorError
                : EnumerationResult.Heartbeat, null);
        }

        _pending = null;
        if (pending.IsCompletedSuccessfully)
            return pending.Result ? (EnumerationResult.Element, source.Current) : (EnumerationResult.Completed, null);

        return pending.IsCanceled ? (EnumerationResult.Canceled, null) : (EnumerationResult.Error, pending.Exception!.InnerException);
    }

    public override Task EndAsync(CancellationToken patience)
    {
        ended.Cancel();
        return DisposeAsync(patience);
    }

    public override bool IsAbandoned()
    {
        var abandoned = !_seen && !_waiting;
        _seen = false;
        return abandoned;
    }

    private async Task DisposeAsync(CancellationToken patience)
    {
        if (_pending is not null)
            await ((Task)_pending.WaitAsync(patience)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        if (_pending is null or { IsCompleted: true })
            await source.DisposeAsync().AsTask().WaitAsync(patience);
    }

    private static EnumerationResult Found(int count) =>
        count switch { 0 => EnumerationResult.Heartbeat, 1 => EnumerationResult.Element, _ => EnumerationResult.Batch };

    private ValueTask<bool> MoveNext()
    {
        try
        {
            return source.MoveNextAsync();
        }
        catch (Exception exception)
        {
            return ValueTask.FromException<bool>(exception);
        }
    }

    // One element travels alone; the second makes a list of them.
    private object? Add(object? value, int count)
    {
        if (count == 0)
            return source.Current;

        var list = count == 1 ? [(T)value!] : (List<T>)value!;
        list.Add(source.Current);
        return list;
    }
}
