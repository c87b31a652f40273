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

    // One of the running messages that do not interleave: the first of them, until it ends.
    private Message? _blocking;

    // How many of the running messages do not interleave, and how many of those are not read-only either.
    private int _blockers;
    private int _writers;
    private int _waiting;
    private int _waitingOutOfTurn;
    private uint _lastUsed;
    private uint _blockedSince;
    private bool _hasServed;

    /// <summary>Calls that wait for a turn.</summary>
    public int WaitingCount => Volatile.Read(ref _waiting);

    public void Finished(Message message)
    {
        Unlink(message);
        if (!message.Has(MessageOptions.AlwaysInterleave))
            Unblock(message);
        if (message is not ITimerTick)
            _lastUsed = Cluster.Clock.Tick;
        OnFinished(message);
        if (_running is null && IsGivenUp)
            BeginDeactivation();
    }

    public void ExpireCalls()
    {
        // A look from outside while the owner works: lists may change underneath, so every walk is bounded and
        // whatever it misses is found at the next tick.
        Expire(_inbox.Peek());
        Expire(_waitingHead);
        var left = MaxLook;
        for (var message = _running; message is not null && left-- > 0; message = message.PreviousRunning)
            message.Expire(Cluster, Class.Type);
        if (IsStuck)
            Post(new AbandonItem());
    }

    internal void EnterReentrantSection(Guid id) => (Extras.ReentrantSections ??= []).Add(id);

    internal void ExitReentrantSection(Guid id) => _extras?.ReentrantSections?.Remove(id);

    private const int MaxLook = 1_000_000;

    private protected virtual void OnFinished(Message message)
    {
    }

    private protected virtual QueueLimits Limits => Cluster.Messaging.LimitsOf(isStatelessWorker: false);

    private void Expire(WorkItem? item)
    {
        for (var left = MaxLook; item is not null && left > 0; left--, item = item.Next)
            (item as Message)?.Expire(Cluster, Class.Type);
    }

    private void Enqueue(Message message)
    {
        if (message is GrainRequest && IsOverloaded() is { } overload)
        {
            Cluster.Meter.Calls.OnRejected();
            message.Reject(overload);
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

    private LimitExceededException? IsOverloaded()
    {
        var limits = Limits;
        if (limits is { Hard: <= 0, Soft: <= 0 })
            return null;

        var count = _waiting;
        for (var running = _running; running is not null; running = running.PreviousRunning)
            count++;
        if (limits.Hard > 0 && count > limits.Hard)
            return new(limits.Name, count, limits.Hard, GrainId);
        if (limits.Soft > 0 && count > limits.Soft)
            Cluster.Log.ManyRequests(GrainId, count, limits.Soft);
        return null;
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
            if (message.IsAbandoned && (message is ITimerTick || Cluster.Messaging.DropExpiredMessages))
            {
                RemoveWaiting(message, before);
                Cluster.Meter.Calls.OnExpired();
                message.Reject(new OperationCanceledException());
                OnFinished(message);
            }
            else if (MayRun(message, out var failure))
            {
                RemoveWaiting(message, before);
                return message;
            }
            else if (failure is not null)
            {
                RemoveWaiting(message, before);
                message.Reject(failure);
                OnFinished(message);
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

    private bool MayRun(Message message, out Exception? failure)
    {
        failure = null;
        if (IsDeactivationRequested)
            return _running is not null && message is ITimerTick && message.Has(MessageOptions.AlwaysInterleave);

        return _blocking is null
            || message.Has(MessageOptions.AlwaysInterleave)
            || (message.Has(MessageOptions.ReadOnly) && _writers == 0)
            || IsOfRunningCallChain(message)
            || Class.IsReentrant
            || (Class.MayInterleave is not null && IsAllowedByPredicate(message, out failure));
    }

    private bool IsOfRunningCallChain(Message message) =>
        _extras?.ReentrantSections is { Count: > 0 } sections
        && message.Context is { } context
        && context.TryGetValue(RequestContext.ReentrancyKey, out var id)
        && id is Guid chain
        && sections.Contains(chain);

    // The predicate is asked about both: calls that let others in beside them are as good as one that may enter.
    private bool IsAllowedByPredicate(Message message, out Exception? failure)
    {
        failure = null;
        try
        {
            return Allows(message) || DoAllRunningAllow();
        }
        catch (Exception exception)
        {
            failure = exception;
            return false;
        }

        bool DoAllRunningAllow()
        {
            for (var running = _running; running is not null; running = running.PreviousRunning)
            {
                var isInTheWay = !running.Has(MessageOptions.AlwaysInterleave) && !(running.Has(MessageOptions.ReadOnly) && message.Has(MessageOptions.ReadOnly));
                if (isInTheWay && !Allows(running))
                    return false;
            }

            return true;
        }

        bool Allows(Message one) => one is GrainRequest request && Class.MayInterleave!(_instance!, request);
    }

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

    // The running list is linked backwards through PreviousRunning and forwards through Next.
    private void Link(Message message)
    {
        message.PreviousRunning = _running;
        if (_running is not null)
            _running.Next = message;
        _running = message;
        if (message.Has(MessageOptions.AlwaysInterleave))
            return;

        _blockers++;
        if (!message.Has(MessageOptions.ReadOnly))
            _writers++;
        if (_blocking is null)
            BlockWith(message);
    }

    private void BlockWith(Message? message)
    {
        _blocking = message;
        _blockedSince = Cluster.Clock.Tick;
    }

    private void Unblock(Message message)
    {
        _blockers--;
        if (!message.Has(MessageOptions.ReadOnly))
            _writers--;
        if (_blocking == message)
            BlockWith(_blockers == 0 ? null : NextBlocker());
    }

    private Message NextBlocker()
    {
        var blocker = _running!;
        while (blocker.Has(MessageOptions.AlwaysInterleave))
            blocker = blocker.PreviousRunning!;
        return blocker;
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
