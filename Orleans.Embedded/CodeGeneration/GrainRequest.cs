using System.Reflection;
using Orleans.Engine;
using Orleans.Runtime;
using Orleans.Serialization.Invocation;
using Orleans.Storage;

namespace Orleans.CodeGeneration;

/// <summary>One call: its arguments, its place in queues, and its answer. The source generator derives one class per method.</summary>
public abstract class GrainRequest : Message, IInvokable
{
    private Cancellation? _cancellation;
    private IMessageHost? _host;
    private uint _sentAt;

    // CallMeter.Now when the call was sent; zero when nobody listens, or when it has been counted.
    private uint _timedFrom;

    private protected GrainRequest()
    {
    }

    public abstract GrainMethod Method { get; }

    internal Activation? Source { get; private set; }

    internal IMessageHost? Host => Volatile.Read(ref _host);

    internal sealed override MessageOptions Options => Method.Options;

    /// <summary>The answer's task; null for a one-way call.</summary>
    internal abstract Task? Answer { get; }

    internal sealed override bool IsAbandoned => Answer is { IsCompleted: true } || _cancellation is { IsRequested: true };

    /// <summary>The callee's own token: signalled in a turn of the callee, never on the caller's thread.</summary>
    protected CancellationToken Token => _cancellation?.Token ?? CancellationToken.None;

    internal void Prepare(Cluster cluster)
    {
        Source = RuntimeContext.Activation;
        Context = RequestContext.Values;
        _sentAt = cluster.Clock.Tick;
        if (cluster.Meter.Calls.IsTimed && Answer is not null)
            _timedFrom = cluster.Meter.Calls.Now;
    }

    internal void CancelWith(CancellationToken callerToken, Cluster cluster, GrainType target) => _cancellation = new(this, callerToken, cluster, target);

    /// <summary>The same call once more, for a filter that tries again; the first may still be running.</summary>
    internal GrainRequest Again(Cluster cluster)
    {
        var again = (GrainRequest)MemberwiseClone();
        again.Next = again.PreviousRunning = null;
        again._host = null;
        again.RenewAnswer();
        again.Prepare(cluster);
        again._cancellation = _cancellation?.For(again);
        return again;
    }

    internal abstract void RenewAnswer();

    internal sealed override void Start(IMessageHost host)
    {
        Volatile.Write(ref _host, host);
        _cancellation?.OnStarting();
        Task? running;
        try
        {
            EnterContext();
            running = host.Cluster.Filters.Intercept(host) ? host.Cluster.Filters.InvokeIncoming(this, host) : InvokeAndAnswer(host.Instance!);
        }
        catch (Exception exception)
        {
            End(exception);
            return;
        }

        if (running is null)
            return;

        if (running.IsCompleted)
            End(running);
        else
            _ = running.ContinueWith(static (task, request) => ((GrainRequest)request!).End(task), this, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, host.Scheduler);
    }

    internal sealed override void Reject(Exception exception) => SetException(exception);

    internal void OnCancelled(Cluster cluster, GrainType target)
    {
        cluster.Meter.Calls.OnCancelled(target);
        OnEnded(cluster);
    }

    internal sealed override void Expire(Cluster cluster, GrainType target)
    {
        if (Answer is null or { IsCompleted: true })
            return;

        var timeout = Method.ResponseTimeout ?? cluster.ResponseTimeout;
        if (cluster.Clock.Tick - _sentAt <= cluster.Clock.TicksOf(timeout))
            return;

        SetException(new TimeoutException($"Response did not arrive on time in {timeout} for message: {Method}."));
        cluster.Meter.Calls.OnTimedOut(target);
        OnEnded(cluster);
        if (cluster.Messaging.CancelRequestOnTimeout)
            _cancellation?.Signal();
    }

    /// <summary>Calls the method. Null when it has ended and been answered already, else the task to wait for.</summary>
    internal abstract Task? InvokeAndAnswer(object grain);

    /// <summary>Calls the method for a filter, which may look at the result before the caller does.</summary>
    internal abstract Task InvokeAsTask(object grain);

    internal abstract object? ResultOf(Task task);

    internal abstract void SetFrom(Task completed);

    internal abstract void SetException(Exception exception);

    private void End(Task task)
    {
        if (task.IsCompletedSuccessfully)
        {
            Leave();
            SetFrom(task);
            return;
        }

        End(task.IsCanceled ? new TaskCanceledException(task) : task.Exception!.InnerException!);
    }

    private void End(Exception exception)
    {
        if (exception is InconsistentStateException { Handled: false } inconsistent)
        {
            inconsistent.Handled = true;
            Host!.OnFault(inconsistent);
        }

        Leave();
        SetException(exception);
    }

    private void OnEnded(Cluster cluster)
    {
        if (_timedFrom != 0)
            cluster.Meter.Calls.OnEnded(_timedFrom);
        _timedFrom = 0;
    }

    /// <summary>Ends the call at the callee, before the answer: whoever has the answer finds the callee free.</summary>
    private protected void Leave()
    {
        _cancellation?.Dispose();
        OnEnded(Host!.Cluster);
        Host!.Finished(this);
    }

    public abstract int GetArgumentCount();

    public abstract object? GetArgument(int index);

    public abstract void SetArgument(int index, object? value);

    object? IInvokable.GetTarget() => Host?.Instance;

    string IInvokable.GetMethodName() => Method.Name;

    string IInvokable.GetInterfaceName() => Method.InterfaceType.FullName ?? Method.InterfaceType.Name;

    string IInvokable.GetActivityName() => $"{Method.InterfaceType.Name}/{Method.Name}";

    MethodInfo IInvokable.GetMethod() => Method.Info;

    Type IInvokable.GetInterfaceType() => Method.InterfaceType;

    TimeSpan? IInvokable.GetDefaultResponseTimeout() => Method.ResponseTimeout;

    CancellationToken IInvokable.GetCancellationToken() => Token;

    bool IInvokable.IsCancellable => _cancellation is not null;

    bool IInvokable.TryCancel()
    {
        _cancellation?.Signal();
        return _cancellation is not null;
    }

    void IDisposable.Dispose() => GC.SuppressFinalize(this);
}
