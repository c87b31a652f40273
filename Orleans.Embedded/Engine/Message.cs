using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>How a message may be admitted, and whether anyone waits for it.</summary>
[Flags]
public enum MessageOptions
{
    None = 0,
    ReadOnly = 1,
    AlwaysInterleave = 2,
    OneWay = 4,
}

/// <summary>Something an activation admits by its rules of concurrency: a call, a timer tick, a stream event.</summary>
public abstract class Message : WorkItem
{
    private protected Message()
    {
    }

    /// <summary>The running message before this one; only its activation touches it.</summary>
    internal Message? PreviousRunning { get; set; }

    internal Dictionary<string, object>? Context { get; set; }

    /// <summary>How often it waited for an activation that left without running anything.</summary>
    internal byte VainWaits { get; set; }

    internal abstract MessageOptions Options { get; }

    /// <summary>True when nobody wants the answer any more, so that a turn would be wasted.</summary>
    internal virtual bool IsAbandoned => false;

    /// <summary>Begins the work; the message itself tells <paramref name="host"/> when it has ended.</summary>
    internal abstract void Start(IMessageHost host);

    /// <summary>Ends a message that never started.</summary>
    internal abstract void Reject(Exception exception);

    /// <summary>Gives up waiting when the deadline has passed. Called from any thread, even while the message runs.</summary>
    internal virtual void Expire(Cluster cluster, GrainType target)
    {
    }

    internal bool Has(MessageOptions option) => (Options & option) == option;

    private protected void EnterContext()
    {
        if (Context is not null || RequestContext.Values is not null)
            RequestContext.Values = Context;
    }
}

/// <summary>What runs messages: an activation, or an observer outside the grains.</summary>
internal interface IMessageHost
{
    Cluster Cluster { get; }

    object? Instance { get; }

    TaskScheduler Scheduler { get; }

    IGrainContext? GrainContext { get; }

    void Finished(Message message);

    void OnFault(Exception exception);
}

/// <summary>Where a reference sends messages: an activation, a pool of stateless workers, an observer.</summary>
internal interface IMessageTarget
{
    /// <summary>False when the target is gone for good; the sender then looks for its successor.</summary>
    bool TryPost(Message message);
}
