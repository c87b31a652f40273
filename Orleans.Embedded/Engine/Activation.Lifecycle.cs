using Microsoft.Extensions.DependencyInjection;
using Orleans.CodeGeneration;
using Orleans.Runtime;

namespace Orleans.Engine;

internal enum ActivationState : byte
{
    Created,
    Activating,
    Valid,
    Deactivating,
    Gone,
}

// From the first message to the last.
internal partial class Activation
{
    private volatile ActivationState _state;
    private ActivationExtras? _extras;

    public IServiceProvider ActivationServices => Class.NeedsScope
        ? (Extras.Scope ??= Cluster.Services.CreateAsyncScope()).ServiceProvider
        : Cluster.Services;

    public Task Deactivated
    {
        get
        {
            if (_state == ActivationState.Gone)
                return Task.CompletedTask;

            var task = Extras.Gone.Task;
            // It may have gone between the two lines.
            if (_state == ActivationState.Gone)
                Extras.Gone.TrySetResult();
            return task;
        }
    }

    public bool IsGone => _state == ActivationState.Gone;

    internal ActivationExtras Extras => _extras ?? Interlocked.CompareExchange(ref _extras, new(), null) ?? _extras;

    /// <summary>Whether it is to leave as soon as nothing runs.</summary>
    internal bool IsLeaving => IsDeactivationRequested;

    private bool IsDeactivationRequested => _extras?.Reason is not null;

    private bool IsDeactivationDue => _state == ActivationState.Valid && _running is null && IsDeactivationRequested && !_inbox.IsSealed;

    public void Deactivate(DeactivationReason deactivationReason, CancellationToken cancellationToken = default)
    {
        if (Extras.TrySetReason(deactivationReason))
            Post(Nudge.Instance());
    }

    public void OnFault(Exception exception) =>
        Deactivate(new(DeactivationReasonCode.ApplicationError, $"State was changed by someone else: {exception.Message}"));

    public void DelayDeactivation(TimeSpan span) => Extras.KeepUntil = span > TimeSpan.Zero ? Cluster.Clock.Tick + Cluster.Clock.TicksOf(span) : 0;

    public void KeepAlive() => _lastUsed = Cluster.Clock.Tick;

    /// <summary>The tick of the last call.</summary>
    public uint LastUsed => Volatile.Read(ref _lastUsed);

    /// <summary>Whether nothing runs or waits, asked in a turn.</summary>
    public bool IsInactive => _state == ActivationState.Valid && _running is null && _waitingHead is null;

    /// <summary>Whether no call has come for <paramref name="ticks"/>. From another thread it is only a hint.</summary>
    public bool LooksIdleFor(uint ticks) =>
        _state == ActivationState.Valid && Cluster.Clock.Tick - _lastUsed >= ticks && (_extras is null || _extras.KeepUntil <= Cluster.Clock.Tick);

    /// <summary>The same for certain, in a turn. Ticks of timers do not keep a grain.</summary>
    public bool IsIdleFor(uint ticks)
    {
        var isIdle = LooksIdleFor(ticks);
        for (WorkItem? waiting = _waitingHead; isIdle && waiting is not null; waiting = waiting.Next)
            isIdle = waiting is ITimerTick;
        for (var running = _running; isIdle && running is not null; running = running.PreviousRunning)
            isIdle = running is ITimerTick;
        return isIdle;
    }

    public TComponent? GetComponent<TComponent>() where TComponent : class =>
        _extras?.Components?.GetValueOrDefault(typeof(TComponent)) as TComponent ?? _instance as TComponent;

    public void SetComponent<TComponent>(TComponent? value) where TComponent : class
    {
        if (value is null)
            Extras.Components?.Remove(typeof(TComponent));
        else
            (Extras.Components ??= [])[typeof(TComponent)] = value;
    }

    private void BeginActivation()
    {
        _state = ActivationState.Activating;
        _lastUsed = Cluster.Clock.Tick;
        RunTurn(static activation => ((Activation)activation!).ActivateAndServe(), this);
    }

    // Most grains are ready at once: then what woke them shares the turn.
    private void ActivateAndServe()
    {
        _ = ActivateAsync();
        if (_state != ActivationState.Valid || _inbox.TakeAll() is not { } item)
            return;

        Process(item);
        _next = TakeAdmissible();
        StartNext();
    }

    private async Task ActivateAsync()
    {
        var measure = Measure.Start(Cluster.Meter.Activation, ActivityNames.ActivateGrain, this);
        if (await TryActivateAsync() is { } failure)
        {
            Cluster.Meter.OnFailedToActivate(Class);
            Cluster.Log.ActivationFailed(failure, GrainId);
            if (measure is not null)
                Cluster.Meter.OnActivated(Class, measure.Stop(failure), failure is OperationCanceledException ? "canceled" : "error");
            await DropAsync();
            Close(failure);
            return;
        }

        if (measure is not null)
            Cluster.Meter.OnActivated(Class, measure.Stop(failure: null), IsDeactivationRequested ? "canceled" : "success");
        if (!IsDeactivationRequested)
        {
            _state = ActivationState.Valid;
            return;
        }

        // It never was active, so nothing but its own end is left to do.
        await DropAsync();
        Close(Extras.Reason!.Value.Exception);
    }

    // Whoever awaits here gives up at the deadline, whatever the grain does with its token.
    private async ValueTask<Exception?> TryActivateAsync()
    {
        try
        {
            RequestContext.Values = ContextOfFirstCall();
            var deadline = Cluster.Deadlines.After(Cluster.Collection.ActivationTimeout);
            _instance = Class.Construct(this);
            await ReadStatesAsync(deadline);
            await ((IGrainBase)_instance).OnActivateAsync(deadline).WaitAsync(deadline);
            return null;
        }
        catch (Exception exception)
        {
            return exception;
        }
    }

    private Dictionary<string, object>? ContextOfFirstCall()
    {
        Dictionary<string, object>? context = null;
        for (var item = _inbox.Peek(); item is not null; item = item.Next)
            context = (item as Message)?.Context;
        return context;
    }

    private void BeginDeactivation()
    {
        _state = ActivationState.Deactivating;
        RunTurn(static activation => _ = ((Activation)activation!).DeactivateAsync(), this);
    }

    private async Task DeactivateAsync()
    {
        var reason = Extras.Reason!.Value;
        var measure = Measure.Start(Cluster.Meter.Deactivation, ActivityNames.DeactivateGrain, this);
        Exception? failure = null;
        _extras?.StopTimers();
        try
        {
            var deadline = Cluster.Deadlines.After(Cluster.Collection.DeactivationTimeout);
            await ((IGrainBase)_instance!).OnDeactivateAsync(reason, deadline).WaitAsync(deadline);
        }
        catch (Exception exception)
        {
            failure = exception;
            Cluster.Log.DeactivationFailed(exception, GrainId);
        }

        await DropAsync();
        Cluster.Meter.OnShutdown(Class, reason);
        if (measure is not null)
            Cluster.Meter.OnDeactivated(Class, reason, measure.Stop(failure));
        Close(reason.Exception);
    }

    private async Task DropAsync()
    {
        try
        {
            _extras?.StopTimers();
            if (GetComponent<Enumerators>() is { } enumerators)
                await enumerators.DisposeAsync();
            if (_instance is IAsyncDisposable asyncDisposable)
                await asyncDisposable.DisposeAsync();
            else
                (_instance as IDisposable)?.Dispose();
            if (_extras?.Scope is { } scope)
                await scope.DisposeAsync();
        }
        catch (Exception exception)
        {
            Cluster.Log.DeactivationFailed(exception, GrainId);
        }
    }

    /// <summary>
    /// The end. Sealing the inbox first and putting the successor, with all that still waits, into the directory second
    /// keeps every caller's order: a sender that finds the inbox sealed waits until the directory has changed.
    /// </summary>
    private void Close(Exception? failure)
    {
        _state = ActivationState.Gone;
        var orphans = SealInbox();
        _instance = null;
        Class.OnGone();
        if (!_hasServed && failure is null)
            orphans.RemoveAll(IsVain);
        HandOver(orphans, failure);
        _extras?.Gone.TrySetResult();
    }

    private List<Message> SealInbox()
    {
        var orphans = new List<Message>();
        Collect(_waitingHead, orphans);
        Collect(_batch, orphans);
        Collect(_inbox.Seal(), orphans);
        _waitingHead = _waitingTail = null;
        _batch = null;
        _waiting = _waitingOutOfTurn = 0;
        return orphans;
    }

    // A grain that leaves as soon as it comes would be followed for ever: Orleans' limit of forwards ends that.
    private bool IsVain(Message message)
    {
        if (++message.VainWaits <= Cluster.Messaging.MaxForwardCount)
            return false;

        message.Reject(new OrleansMessageRejectionException($"{GrainId} left {message.VainWaits} times before it took a call."));
        return true;
    }

    private protected virtual void HandOver(List<Message> orphans, Exception? failure)
    {
        if (failure is null && orphans.Count > 0 && !Cluster.IsStopped)
        {
            Cluster.Meter.Calls.OnRerouted(orphans.Count);
            var successor = new Activation(Class, Key);
            foreach (var orphan in orphans)
                successor._inbox.TryAdd(orphan, out _);
            Class.Replace(this, successor);
            successor.Wake();
            return;
        }

        Class.Replace(this, successor: null);
        foreach (var orphan in orphans)
            orphan.Reject(failure ?? new SiloUnavailableException("The host has stopped."));
    }

    private void Collect(WorkItem? item, List<Message> messages)
    {
        while (item is not null)
        {
            var next = item.Next;
            if (item is ITimerTick and Message tick)
                tick.Reject(new OperationCanceledException());
            else if (item is Message message)
                messages.Add(message);
            else if (item is TaskItem task)
                RunAfterlife(task.Task);
            item = next;
        }
    }

    private async ValueTask ReadStatesAsync(CancellationToken deadline)
    {
        for (var state = _states; state is not null; state = state.NextState)
            await state.ReadFirstAsync(deadline).WaitAsync(deadline);
    }

    /// <summary>Wakes the activation, and whoever would keep it from leaving.</summary>
    private sealed class Nudge : ControlItem
    {
        public static Nudge Instance() => new();

        public override void Run(Activation activation) => activation.GetComponent<Enumerators>()?.OnLeaving();
    }
}
