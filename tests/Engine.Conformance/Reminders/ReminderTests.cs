using Orleans.Hosting;
using Orleans.TestingHost;

namespace CustomerService.Conformance.Reminders;

public sealed class ReminderTests : IAsyncLifetime
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(20);

    private readonly string _key = Keys.New();
    private InProcessTestCluster? _cluster;

    private IReminderGrain Grain => _cluster!.Client.GetGrain<IReminderGrain>(_key);

    public async ValueTask InitializeAsync() => _cluster = await Clusters.StartAsync(silo => silo.UseInMemoryReminderService());

    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();

    [Fact]
    public async Task A_tick_is_a_turn_of_the_grain()
    {
        await Grain.RegisterAsync("now", Soon, Hour);

        var tick = await ReminderGrain.NextTickAsync(_key);

        Assert.Equal(("now", Hour, true), (tick.Name, tick.Status.Period, tick.IsTurnOfItsOwn));
        Assert.Equal(DateTimeKind.Utc, tick.Status.FirstTickTime.Kind);
        Assert.True(tick.Status.CurrentTickTime >= tick.Status.FirstTickTime);
    }

    [Fact]
    public async Task A_tick_waits_for_the_call_that_is_running()
    {
        await using var cluster = await StartOftenAsync();
        var (grain, other) = (cluster.Client.GetGrain<IReminderGrain>(_key), cluster.Client.GetGrain<IReminderGrain>(_key + "/other"));
        await grain.RegisterAsync("often", Soon, Often);
        await other.RegisterAsync("often", Soon, Often);
        var waiting = grain.WaitAsync(_key);
        await Gate.Of(_key).Arrived;

        // The other's ticks show that time enough has passed.
        for (var tick = 0; tick < 5; tick++)
            await ReminderGrain.NextTickAsync(_key + "/other");
        Gate.Of(_key).Open();
        await waiting;

        for (var tick = 0; tick < 5; tick++)
            Assert.True((await ReminderGrain.NextTickAsync(_key)).IsTurnOfItsOwn);
    }

    [Fact]
    public async Task A_reminder_outlives_the_activation_and_activates_the_grain()
    {
        await using var cluster = await StartOftenAsync();
        var grain = cluster.Client.GetGrain<IReminderGrain>(_key);
        await grain.RegisterAsync("often", Soon, Often);
        await ReminderGrain.NextTickAsync(_key);

        await grain.LeaveAsync();
        await ReminderGrain.NextTickAsync(_key);
        await ReminderGrain.NextTickAsync(_key);

        Assert.Equal("often", await grain.FindAsync("often"));
    }

    [Fact]
    public async Task A_tick_that_fails_does_not_end_the_reminder()
    {
        await using var cluster = await StartOftenAsync();
        await cluster.Client.GetGrain<IReminderGrain>(_key).RegisterAsync("failing", Soon, Often);

        await ReminderGrain.NextTickAsync(_key);

        Assert.Equal("failing", (await ReminderGrain.NextTickAsync(_key)).Name);
    }

    [Fact]
    public async Task Reminders_are_found_by_name_and_belong_to_one_grain()
    {
        await Grain.RegisterAsync("b", Hour, Hour);
        await Grain.RegisterAsync("a", Hour, Hour);
        await Grain.RegisterAsync("a", Hour, Hour * 2);

        Assert.Equal(["a", "b"], await Grain.NamesAsync());
        Assert.Equal("a", await Grain.FindAsync("a"));
        Assert.Null(await Grain.FindAsync("c"));
        Assert.Empty(await _cluster!.Client.GetGrain<IReminderGrain>(_key + "/other").NamesAsync());
    }

    [Fact]
    public async Task An_unregistered_reminder_is_gone()
    {
        await Grain.RegisterAsync("a", Hour, Hour);

        await Grain.UnregisterAsync("a");

        Assert.Null(await Grain.FindAsync("a"));
    }

    [Fact]
    public async Task A_reminder_that_was_changed_is_not_unregistered_by_its_older_self()
    {
        await Assert.ThrowsAsync<ReminderException>(() => Grain.UnregisterOutdatedAsync("a"));

        Assert.Equal("a", await Grain.FindAsync("a"));
    }

    [Fact]
    public async Task A_period_under_a_minute_is_refused_unless_allowed() =>
        await Assert.ThrowsAsync<ArgumentException>(() => Grain.RegisterAsync("often", TimeSpan.Zero, TimeSpan.FromSeconds(59)));

    [Fact]
    public async Task Times_before_now_and_infinite_ones_are_refused()
    {
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Grain.RegisterAsync("a", TimeSpan.FromSeconds(-1), Hour));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Grain.RegisterAsync("a", Timeout.InfiniteTimeSpan, Hour));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Grain.RegisterAsync("a", Hour, Timeout.InfiniteTimeSpan));
    }

    [Fact]
    public async Task A_due_time_longer_than_any_timer_can_wait_is_accepted()
    {
        await Grain.RegisterAsync("a", TimeSpan.FromDays(1000), Hour);

        Assert.Equal("a", await Grain.FindAsync("a"));
    }

    [Fact]
    public async Task A_grain_that_cannot_receive_reminders_registers_none() =>
        await Assert.ThrowsAsync<InvalidOperationException>(() => _cluster!.Client.GetGrain<IForgetfulGrain>(_key).RegisterAsync());

    private static Task<InProcessTestCluster> StartOftenAsync() =>
        Clusters.StartAsync(silo => silo.UseInMemoryReminderService().Configure<ReminderOptions>(options => options.MinimumReminderPeriod = TimeSpan.Zero));
}
