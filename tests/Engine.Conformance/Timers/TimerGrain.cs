using System.Collections.Concurrent;

namespace CustomerService.Conformance.Timers;

public interface ITimerGrain : IGrainWithStringKey
{
    Task StartAsync(TimeSpan due, TimeSpan period, bool interleave = false);

    Task ChangeAsync(TimeSpan due, TimeSpan period);

    Task StopAsync();

    Task FailAtFirstTickAsync(TimeSpan period);

    Task WaitAsync(string gate);

    Task LeaveAsync();
}

public sealed class TimerGrain : Grain, ITimerGrain
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> s_ticks = [];

    private IGrainTimer? _timer;
    private bool _waiting;
    private bool _failed;

    public static SemaphoreSlim Ticks(string key) => s_ticks.GetOrAdd(key, _ => new(0));

    public Task StartAsync(TimeSpan due, TimeSpan period, bool interleave)
    {
        _timer = this.RegisterGrainTimer(
            (name, token) =>
            {
                var isTurn = RuntimeContext.Current == GrainContext && TaskScheduler.Current != TaskScheduler.Default;
                if (isTurn && !token.IsCancellationRequested && name == "state")
                    Ticks(this.GetPrimaryKeyString() + (_waiting ? "/while-busy" : "")).Release();
                return Task.CompletedTask;
            },
            "state",
            new GrainTimerCreationOptions(due, period) { Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task ChangeAsync(TimeSpan due, TimeSpan period)
    {
        _timer!.Change(due, period);
        return Task.CompletedTask;
    }

    public Task StopAsync()
    {
        _timer!.Dispose();
        return Task.CompletedTask;
    }

    public Task FailAtFirstTickAsync(TimeSpan period)
    {
        this.RegisterGrainTimer(
            () =>
            {
                Ticks(this.GetPrimaryKeyString()).Release();
                if (_failed)
                    return Task.CompletedTask;
                _failed = true;
                throw new InvalidOperationException("The first tick.");
            },
            period,
            period);
        return Task.CompletedTask;
    }

    public async Task WaitAsync(string gate)
    {
        _waiting = true;
        await Gate.Of(gate).PassAsync();
        _waiting = false;
    }

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
