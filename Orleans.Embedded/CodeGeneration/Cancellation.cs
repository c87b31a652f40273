using Orleans.Engine;
using Orleans.Runtime;

namespace Orleans.CodeGeneration;

/// <summary>Carries a caller's cancellation to the callee: it ends the wait at once and is signalled in a turn of the callee.</summary>
internal sealed class Cancellation : ControlItem, IDisposable
{
    private readonly GrainRequest _request;
    private readonly Cluster _cluster;
    private readonly GrainType _target;
    private readonly CancellationToken _callerToken;
    private readonly CancellationTokenSource _source = new();
    private readonly CancellationTokenRegistration _registration;
    private int _signalled;

    public Cancellation(GrainRequest request, CancellationToken callerToken, Cluster cluster, GrainType target)
    {
        _request = request;
        _cluster = cluster;
        _target = target;
        _callerToken = callerToken;
        _registration = callerToken.UnsafeRegister(static cancellation => ((Cancellation)cancellation!).OnCallerCancelled(), this);
    }

    public CancellationToken Token => _source.Token;

    public bool IsRequested => Volatile.Read(ref _signalled) != 0;

    public Cancellation For(GrainRequest other) => new(other, _callerToken, _cluster, _target);

    /// <summary>Signals the callee once.</summary>
    public void Signal()
    {
        if (Interlocked.Exchange(ref _signalled, 1) != 0)
            return;

        // Still queued: it will be dropped when its turn comes. Running: the signal is a turn of its own.
        if (_request.Host is Activation activation)
            activation.Post(this);
        else if (_request.Host is not null)
            _source.Cancel();
    }

    /// <summary>The request has just been given to its host: a signal that came before found none.</summary>
    public void OnStarting()
    {
        Interlocked.MemoryBarrier();
        if (IsRequested)
            _source.Cancel();
    }

    public override void Run(Activation activation) => activation.RunTurn(static source => ((CancellationTokenSource)source!).Cancel(), _source);

    // Not Dispose: that waits for a callback which may be running on another thread.
    public void Dispose() => _registration.Unregister();

    private void OnCallerCancelled()
    {
        if (!_cluster.Messaging.WaitForCancellationAcknowledgement)
        {
            _request.SetException(new OperationCanceledException(_callerToken));
            _request.OnCancelled(_cluster, _target);
        }

        Signal();
    }
}
