using System.Collections.Concurrent;
using Orleans.Concurrency;

namespace CustomerService.Conformance.Timers;

public interface ITimerGrain : IGrainWithStringKey
{
    Task StartAsync(TimeSpan due, TimeSpan period, bool interleave = false, string name = "");

    /// <summary>The first tick stays at the gate.</summary>
    Task StartSlowAsync(TimeSpan period, string gate, bool interleave);

    /// <summary>The first tick asks for another one, then stays at the gate.</summary>
    Task StartChangingAsync(TimeSpan due, string gate);

    Task ChangeAsync(TimeSpan due, TimeSpan period);

    Task StopAsync();

    Task FailAtFirstTickAsync(TimeSpan period);

    Task WaitAsync(string gate);

    /// <summary>Comes in beside whatever runs, and so behind a tick that was due before.</summary>
    [AlwaysInterleave]
    Task LookAsync();

    Task LeaveAsync();
}

public sealed class TimerGrain : Grain, ITimerGrain
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> s_ticks = [];

    private IGrainTimer? _timer;
    private bool _waiting;
    private bool _ticking;
    private bool _failed;

    private string Key => this.GetPrimaryKeyString();

    public static SemaphoreSlim Ticks(string key) => s_ticks.GetOrAdd(key, _ => new(0));

    public Task StartAsync(TimeSpan due, TimeSpan period, bool interleave, string name)
    {
        _timer = this.RegisterGrainTimer(
            (state, token) =>
            {
                token.UnsafeRegister(static key => Gate.Of(key + "/stopped").Arrive(), Key);
                var isTurn = GrainContext.IsCurrent() && TaskScheduler.Current != TaskScheduler.Default;
                if (isTurn && !token.IsCancellationRequested && state == "state")
                    Ticks(Key + name + (_waiting ? "/while-busy" : "")).Release();
                return Task.CompletedTask;
            },
            "state",
            new GrainTimerCreationOptions(due, period) { Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task StartSlowAsync(TimeSpan period, string gate, bool interleave)
    {
        _timer = this.RegisterGrainTimer(
            async () =>
            {
                Ticks(Key + (_ticking ? "/overlap" : "")).Release();
                _ticking = true;
                await Gate.Of(gate).PassAsync();
                _ticking = false;
            },
            new GrainTimerCreationOptions(period, period) { Interleave = interleave });
        return Task.CompletedTask;
    }

    public Task StartChangingAsync(TimeSpan due, string gate)
    {
        var first = true;
        _timer = this.RegisterGrainTimer(
            async () =>
            {
                if (!first)
                {
                    Ticks(Key).Release();
                    return;
                }

                first = false;
                _timer!.Change(due, Timeout.InfiniteTimeSpan);
                await Gate.Of(gate).PassAsync();
            },
            due,
            Timeout.InfiniteTimeSpan);
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

    public Task LookAsync() => Task.CompletedTask;

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
