using CustomerService.Conformance;
using CustomerService.Conformance.Timers;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace CustomerService.EngineTests.Timers;

public sealed class GrainTimerTests : IAsyncLifetime
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly string _key = Keys.New();
    private readonly ManualClock _clock = new();
    private InProcessTestCluster? _cluster;

    private ITimerGrain Grain => _cluster!.Client.GetGrain<ITimerGrain>(_key);

    private SemaphoreSlim Ticks => TimerGrain.Ticks(_key);

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.StartAsync(silo => silo.Services.AddSingleton<TimeProvider>(_clock));

    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();

    [Fact]
    public async Task A_tick_is_a_turn_of_the_grain_at_its_due_time_and_then_every_period()
    {
        await Grain.StartAsync(5 * Second, 2 * Second);

        _clock.Advance(4 * Second);
        await Grain.LookAsync();
        Assert.Equal(0, Ticks.CurrentCount);
        _clock.Advance(Second);
        await NextTick();
        await Grain.WaitUntilIdleAsync();
        _clock.Advance(2 * Second);
        await NextTick();
    }

    [Fact]
    public async Task A_tick_waits_for_a_running_call_unless_the_timer_interleaves()
    {
        await Grain.StartAsync(Second, Second);
        var busy = Grain.WaitAsync(_key + "/gate");
        await Gate.Of(_key + "/gate").Arrived;
        var other = _cluster!.Client.GetGrain<ITimerGrain>(_key + "/interleaving");
        await other.StartAsync(Second, Second, interleave: true);
        var otherBusy = other.WaitAsync(_key + "/other");
        await Gate.Of(_key + "/other").Arrived;

        _clock.Advance(Second);
        Assert.True(await TimerGrain.Ticks(_key + "/interleaving/while-busy").WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        await Grain.LookAsync();
        Assert.Equal(0, TimerGrain.Ticks(_key + "/while-busy").CurrentCount);
        Gate.Of(_key + "/gate").Open();
        Gate.Of(_key + "/other").Open();

        await Task.WhenAll(busy, otherBusy);
        await NextTick();
    }

    [Fact]
    public async Task A_tick_that_throws_is_logged_and_the_timer_goes_on()
    {
        await Grain.FailAtFirstTickAsync(Second);

        _clock.Advance(Second);
        await NextTick();
        await Grain.WaitUntilIdleAsync();
        _clock.Advance(Second);
        await NextTick();
    }

    [Fact]
    public async Task A_timer_can_be_changed_and_stopped()
    {
        await Grain.StartAsync(Second, Second);
        await Grain.ChangeAsync(10 * Second, Timeout.InfiniteTimeSpan);
        _clock.Advance(9 * Second);
        await Grain.LookAsync();
        Assert.Equal(0, Ticks.CurrentCount);
        _clock.Advance(Second);
        await NextTick();

        await Grain.ChangeAsync(Second, Second);
        await Grain.StopAsync();
        _clock.Advance(5 * Second);
        await Grain.WaitUntilIdleAsync();
        Assert.Equal(0, Ticks.CurrentCount);
    }

    [Fact]
    public async Task A_timer_ends_with_its_activation()
    {
        await Grain.StartAsync(Second, Second);
        await Grain.LeaveAsync();
        await Grain.WaitUntilIdleAsync();

        _clock.Advance(5 * Second);
        await Grain.WaitUntilIdleAsync();

        Assert.Equal(0, Ticks.CurrentCount);
    }

    private async Task NextTick() => Assert.True(await Ticks.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
}

internal static class TimerGrainCalls
{
    /// <summary>A call behind whatever the grain has to do now.</summary>
    public static async Task WaitUntilIdleAsync(this ITimerGrain grain)
    {
        var gate = Keys.New();
        Gate.Of(gate).Open();
        await grain.WaitAsync(gate);
    }
}
