using System.Runtime.ExceptionServices;
using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>The consumer's end of an enumeration that runs in a grain.</summary>
internal sealed class RemoteEnumerator<T> : IAsyncEnumerator<T>
{
    private readonly GrainReference _grain;
    private readonly AsyncEnumerableRequest<T> _request;
    private readonly CancellationTokenSource? _either;
    private readonly CancellationToken _token;
    private readonly Guid _id;
    private List<T>? _batch;
    private int _index;
    private bool _begun;
    private bool _ended;
    private bool _disposed;

    public RemoteEnumerator(GrainReference grain, AsyncEnumerableRequest<T> request, CancellationToken ofCall, CancellationToken ofEnumeration)
    {
        (_grain, _request, _id) = (grain, request, grain.Shape.Cluster.Ids.Next());
        if (ofCall.CanBeCanceled && ofEnumeration.CanBeCanceled && ofCall != ofEnumeration)
            _either = CancellationTokenSource.CreateLinkedTokenSource(ofCall, ofEnumeration);
        _token = _either?.Token ?? (ofCall.CanBeCanceled ? ofCall : ofEnumeration);
    }

    public T Current { get; private set; } = default!;

    public async ValueTask<bool> MoveNextAsync()
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        if (_batch is not null && ++_index < _batch.Count)
        {
            Current = _batch[_index];
            return true;
        }

        _batch = null;
        if (_ended)
            return false;

        try
        {
            return Take(await AskAsync());
        }
        catch
        {
            await EndAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_disposed)
            return;

        _disposed = true;
        await EndAsync();
        _either?.Dispose();
    }

    private async ValueTask<(EnumerationResult Status, object? Value)> AskAsync()
    {
        while (true)
        {
            _token.ThrowIfCancellationRequested();
            var begin = _begun ? null : _request;
            _begun = true;
            var answer = await _grain.Call(new NextElements<T>(_id, begin), _token);
            if (answer.Status != EnumerationResult.Heartbeat)
                return answer;
        }
    }

    private bool Take((EnumerationResult Status, object? Value) answer)
    {
        var (status, value) = answer;
        _ended = status.IsLast;
        switch (status)
        {
            case EnumerationResult.Error:
                ExceptionDispatchInfo.Throw((Exception)value!);
                break;
            case EnumerationResult.Canceled:
                throw new OperationCanceledException(_token);
            case EnumerationResult.MissingEnumeratorError:
                throw new EnumerationAbortedException("Enumeration aborted: the remote target does not have a record of this enumerator."
                    + " This likely indicates that the remote grain was deactivated since enumeration begun or that the enumerator was idle for longer than the expiration period.");
            case EnumerationResult.Completed:
                return false;
        }

        (_batch, _index) = (status.HasFlag(EnumerationResult.Batch) ? (List<T>)value! : null, 0);
        Current = _batch is null ? (T)value! : _batch[0];
        return true;
    }

    // Whatever becomes of the end of it must not hide what the consumer is leaving for.
    private async Task EndAsync()
    {
        if (!_begun || _ended)
            return;

        _ended = true;
        await _grain.Call(new EndEnumeration(_id)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }
}
