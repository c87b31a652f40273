using Orleans.CodeGeneration;
using Orleans.Runtime;

namespace Orleans.Engine;

// Which waiting message may run beside those that run already.
internal partial class Activation
{
    private Message? _waitingHead;
    private Message? _waitingTail;
    private Message? _running;
    private Message? _next;
    private int _waiting;
    private int _waitingOutOfTurn;
    private int _runningExclusive;
    private int _runningReadOnly;
    private uint _lastUsed;
    private bool _hasServed;

    /// <summary>Calls that wait for a turn.</summary>
    public int WaitingCount => Volatile.Read(ref _waiting);

    public void Finished(Message message)
    {
        Unlink(message);
        Count(message, -1);
        if (message is not ITimerTick)
            _lastUsed = Cluster.Clock.Tick;
        OnFinished(message);
    }

    public void ExpireCalls()
    {
        // A look from outside while the owner works: lists may change underneath, so every walk is bounded and
        // whatever it misses is found at the next tick.
        Expire(_inbox.Peek());
        Expire(_waitingHead);
        var left = MaxLook;
        for (var message = _running; message is not null && left-- > 0; message = message.PreviousRunning)
            message.Expire(Cluster);
    }

    internal void EnterReentrantSection(Guid id) => (Extras.ReentrantSections ??= []).Add(id);

    internal void ExitReentrantSection(Guid id) => _extras?.ReentrantSections?.Remove(id);

    private const int MaxLook = 1_000_000;

    private protected virtual void OnFinished(Message message)
    {
    }

    private protected virtual int QueueLimit => Cluster.Messaging.MaxEnqueuedRequestsHardLimit;

    private void Expire(WorkItem? item)
    {
        for (var left = MaxLook; item is not null && left > 0; left--, item = item.Next)
            (item as Message)?.Expire(Cluster);
    }

    private void Enqueue(Message message)
    {
        var limit = QueueLimit;
        if (limit > 0 && _waiting >= limit && message is GrainRequest)
        {
            message.Reject(new LimitExceededException("MaxEnqueuedRequestsHardLimit", _waiting, limit, GrainId));
            OnFinished(message);
            return;
        }

        if (_waitingTail is null)
            _waitingHead = message;
        else
            _waitingTail.Next = message;
        _waitingTail = message;
        _waiting++;
        if (MayOvertake(message))
            _waitingOutOfTurn++;
    }

    private void AdmitWaiting()
    {
        if (_waitingHead is null || _state != ActivationState.Valid)
            return;

        _next = TakeAdmissible();
        if (_next is not null)
            RunTurn(static activation => ((Activation)activation!).StartNext(), this);
    }

    private void StartNext()
    {
        while (_next is { } message)
        {
            Link(message);
            Count(message, +1);
            _hasServed = true;
            var context = ExecutionContext.Capture();
            message.Start(this);
            if (ExecutionContext.Capture() != context && context is not null)
                ExecutionContext.Restore(context);
            _next = TakeAdmissible();
        }
    }

    private Message? TakeAdmissible()
    {
        Message? before = null;
        for (var message = _waitingHead; message is not null;)
        {
            var after = message.Next as Message;
            if (message.IsAbandoned && Cluster.Messaging.DropExpiredMessages)
            {
                RemoveWaiting(message, before);
                message.Reject(new OperationCanceledException());
                OnFinished(message);
            }
            else if (MayRun(message))
            {
                RemoveWaiting(message, before);
                return message;
            }
            else if (_waitingOutOfTurn == 0 && Class.MayInterleave is null && _extras?.ReentrantSections is null or { Count: 0 })
            {
                return null;
            }
            else
            {
                before = message;
            }

            message = after;
        }

        return null;
    }

    private bool MayRun(Message message)
    {
        // On its way out the activation takes only what those still running may depend on.
        if (IsDeactivationRequested && _running is null)
            return false;

        return message.Has(MessageOptions.AlwaysInterleave)
            || (_runningExclusive == 0 && (_runningReadOnly == 0 || message.Has(MessageOptions.ReadOnly)) && !IsDeactivationRequested)
            || IsOfRunningCallChain(message)
            || ((Class.IsReentrant || IsAllowedByPredicate(message)) && !IsDeactivationRequested);
    }

    private bool IsOfRunningCallChain(Message message) =>
        _extras?.ReentrantSections is { Count: > 0 } sections
        && message.Context is { } context
        && context.TryGetValue(RequestContext.ReentrancyKey, out var id)
        && id is Guid chain
        && sections.Contains(chain);

    private bool IsAllowedByPredicate(Message message) =>
        Class.MayInterleave is { } predicate && message is GrainRequest request && predicate(_instance!, request);

    private static bool MayOvertake(Message message) => message.Has(MessageOptions.AlwaysInterleave) || message.Has(MessageOptions.ReadOnly);

    private void RemoveWaiting(Message message, Message? before)
    {
        var after = message.Next as Message;
        if (before is null)
            _waitingHead = after;
        else
            before.Next = after;
        if (after is null)
            _waitingTail = before;
        message.Next = null;
        _waiting--;
        if (MayOvertake(message))
            _waitingOutOfTurn--;
    }

    private void Count(Message message, int by)
    {
        if (message.Has(MessageOptions.AlwaysInterleave))
            return;
        if (message.Has(MessageOptions.ReadOnly))
            _runningReadOnly += by;
        else
            _runningExclusive += by;
    }

    // The running list is linked backwards through PreviousRunning and forwards through Next.
    private void Link(Message message)
    {
        message.PreviousRunning = _running;
        if (_running is not null)
            _running.Next = message;
        _running = message;
    }

    private void Unlink(Message message)
    {
        var newer = message.Next as Message;
        if (newer is null)
            _running = message.PreviousRunning;
        else
            newer.PreviousRunning = message.PreviousRunning;
        if (message.PreviousRunning is { } older)
            older.Next = newer;
        message.Next = null;
        message.PreviousRunning = null;
    }
}
