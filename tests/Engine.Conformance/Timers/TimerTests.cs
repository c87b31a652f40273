namespace CustomerService.Conformance.Timers;

public sealed class TimerTests(ClusterFixture fixture)
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;

    private readonly string _key = Keys.New();

    private ITimerGrain Grain => fixture.Grains.GetGrain<ITimerGrain>(_key);

    [Fact]
    public async Task A_tick_is_a_turn_of_the_grain_and_comes_again()
    {
        await Grain.StartAsync(Soon, Soon);

        await TickAsync();
        await TickAsync();
    }

    [Fact]
    public async Task A_timer_without_a_period_ticks_once()
    {
        await Grain.StartAsync(Soon, Never);
        await TickAsync();

        await Grain.StartAsync(Soon + Soon, Never, name: "second");

        await TickAsync("second");
        Assert.Equal(0, TimerGrain.Ticks(_key).CurrentCount);
    }

    [Fact]
    public async Task A_tick_waits_for_a_running_call()
    {
        await Grain.StartAsync(Soon, Soon);
        await fixture.Grains.GetGrain<ITimerGrain>(_key + "/other").StartAsync(Soon, Soon);
        var busy = Grain.WaitAsync(_key + "/gate");
        await Gate.Of(_key + "/gate").Arrived;

        await TickAsync("", _key + "/other");
        await TickAsync("", _key + "/other");
        Gate.Of(_key + "/gate").Open();
        await busy;

        await TickAsync();
        Assert.Equal(0, TimerGrain.Ticks(_key + "/while-busy").CurrentCount);
    }

    [Fact]
    public async Task A_timer_that_interleaves_ticks_beside_a_running_call()
    {
        await Grain.StartAsync(Soon, Soon, interleave: true);
        var busy = Grain.WaitAsync(_key + "/gate");
        await Gate.Of(_key + "/gate").Arrived;

        await TickAsync("", _key + "/while-busy");

        Gate.Of(_key + "/gate").Open();
        await busy;
    }

    [Fact]
    public async Task The_next_tick_is_not_due_before_the_last_one_has_ended()
    {
        await Grain.StartSlowAsync(Soon, _key + "/slow", interleave: true);
        await fixture.Grains.GetGrain<ITimerGrain>(_key + "/other").StartAsync(Soon, Soon);
        await Gate.Of(_key + "/slow").Arrived;

        await TickAsync("", _key + "/other");
        await TickAsync("", _key + "/other");
        Assert.Equal(0, TimerGrain.Ticks(_key + "/overlap").CurrentCount);
        await TickAsync();
        Gate.Of(_key + "/slow").Open();

        await TickAsync();
    }

    [Fact]
    public async Task A_change_made_during_a_tick_holds_from_its_end()
    {
        await Grain.StartChangingAsync(Soon, _key + "/slow");
        await Gate.Of(_key + "/slow").Arrived;
        await fixture.Grains.GetGrain<ITimerGrain>(_key + "/other").StartAsync(Soon, Soon);
        await TickAsync("", _key + "/other");
        await TickAsync("", _key + "/other");

        Gate.Of(_key + "/slow").Open();

        await TickAsync();
    }

    [Fact]
    public async Task A_tick_that_throws_is_no_end_of_the_timer()
    {
        await Grain.FailAtFirstTickAsync(Soon);

        await TickAsync();
        await TickAsync();
    }

    [Fact]
    public async Task A_timer_ends_with_its_activation_and_its_token_with_it()
    {
        await Grain.StartAsync(Soon, Soon);
        await TickAsync();

        await Grain.LeaveAsync();

        await Gate.Of(_key + "/stopped").Arrived;
    }

    [Fact]
    public async Task A_timer_that_was_disposed_ticks_no_more_and_signals_its_token()
    {
        await Grain.StartAsync(Soon, Soon);
        await TickAsync();

        await Grain.StopAsync();

        await Gate.Of(_key + "/stopped").Arrived;
    }

    [Fact]
    public async Task A_timer_refuses_spans_that_make_no_sense() =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Grain.StartAsync(TimeSpan.FromSeconds(-5), Soon));

    private Task TickAsync(string name = "", string? key = null) => TimerGrain.Ticks((key ?? _key) + name).WaitForOneAsync();
}

internal static class Ticks
{
    public static async Task WaitForOneAsync(this SemaphoreSlim ticks) =>
        Assert.True(await ticks.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
}
