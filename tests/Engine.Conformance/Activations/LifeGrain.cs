using System.Collections.Concurrent;

namespace CustomerService.Conformance.Activations;

public interface ILifeGrain : IGrainWithStringKey
{
    /// <summary>A number that is new with every activation.</summary>
    Task<int> ActivationAsync();

    /// <summary>Takes note of a number; answers like <see cref="ActivationAsync"/>.</summary>
    Task<int> NoteAsync(int number);

    Task LeaveAsync();

    Task LeaveWhenAsync(string gate);

    Task StayAsync(TimeSpan span);

    Task TickAsync(TimeSpan period, bool keepAlive);
}

/// <summary>What happened to the grains of this process, by key.</summary>
public static class Lives
{
    private static readonly ConcurrentDictionary<string, ConcurrentQueue<string>> s_events = [];
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> s_ticks = [];
    private static int s_activations;

    public static int NewActivation() => Interlocked.Increment(ref s_activations);

    public static void Note(string key, string what) => s_events.GetOrAdd(key, _ => []).Enqueue(what);

    /// <summary>Released once per timer tick.</summary>
    public static SemaphoreSlim TicksOf(string key) => s_ticks.GetOrAdd(key, _ => new(0));

    public static string Of(string key) => string.Join(' ', s_events.GetValueOrDefault(key, []));
}

public sealed class LifeGrain : Grain, ILifeGrain
{
    private readonly int _number = Lives.NewActivation();
    private bool _isOn;

    private string Key => this.GetPrimaryKeyString();

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (Key.EndsWith("/late", StringComparison.Ordinal))
            await Gate.Of(Key).PassAsync();
        Lives.Note(Key, "on");
        if (Key.EndsWith("/fails-once", StringComparison.Ordinal) && Lives.Of(Key) == "on")
        {
            await Gate.Of(Key).PassAsync();
            throw new InvalidOperationException("Not today.");
        }

        _isOn = true;
        if (Key.EndsWith("/shy", StringComparison.Ordinal))
            DeactivateOnIdle();
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Lives.Note(Key, $"off:{reason.ReasonCode}");
        Gate.Of(Key + "/off").Arrive();
    }

    public Task<int> ActivationAsync() => _isOn ? Task.FromResult(_number) : throw new InvalidOperationException("Called before it was activated.");

    public Task<int> NoteAsync(int number)
    {
        Lives.Note(Key, number.ToString());
        return ActivationAsync();
    }

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task LeaveWhenAsync(string gate)
    {
        DeactivateOnIdle();
        await Gate.Of(gate).PassAsync();
    }

    public Task StayAsync(TimeSpan span)
    {
        DelayDeactivation(span);
        return Task.CompletedTask;
    }

    private Task Tick()
    {
        Lives.TicksOf(Key).Release();
        return Task.CompletedTask;
    }

    public Task TickAsync(TimeSpan period, bool keepAlive)
    {
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions(period, period) { KeepAlive = keepAlive });
        return Task.CompletedTask;
    }
}
