using Microsoft.Extensions.DependencyInjection;
using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>What few activations need, so that the many stay small.</summary>
internal sealed class ActivationExtras
{
    private DeactivationReasonBox? _reason;
    private List<IDisposable>? _timers;

    public TaskCompletionSource Gone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public DeactivationReason? Reason => Volatile.Read(ref _reason)?.Value;

    public AsyncServiceScope? Scope { get; set; }

    public List<Guid>? ReentrantSections { get; set; }

    public Dictionary<Type, object>? Components { get; set; }

    /// <summary>The tick before which the activation is not collected.</summary>
    public uint KeepUntil { get; set; }

    public bool TrySetReason(DeactivationReason reason) =>
        Interlocked.CompareExchange(ref _reason, new(reason), null) is null;

    public void AddTimer(IDisposable timer)
    {
        lock (this)
            (_timers ??= []).Add(timer);
    }

    public void RemoveTimer(IDisposable timer)
    {
        lock (this)
            _timers?.Remove(timer);
    }

    public void StopTimers()
    {
        IDisposable[] timers;
        lock (this)
            timers = _timers?.ToArray() ?? [];
        foreach (var timer in timers)
            timer.Dispose();
    }

    private sealed record DeactivationReasonBox(DeactivationReason Value);
}
