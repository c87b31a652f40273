using CustomerService.Conformance;
using CustomerService.Conformance.Reminders;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace CustomerService.EngineTests.Reminders;

/// <summary>When reminders tick, by a clock that only the test moves.</summary>
public sealed class ReminderTimeTests : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly string _key = Keys.New();
    private readonly ManualClock _clock = new();
    private InProcessTestCluster? _cluster;

    private IReminderGrain Grain => _cluster!.Client.GetGrain<IReminderGrain>(_key);

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.StartAsync(silo =>
    {
        silo.Services.AddSingleton<TimeProvider>(_clock);
        // A tick that takes longer is given up, and the next is set.
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromHours(1));
        silo.UseInMemoryReminderService();
    });

    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();

    [Fact(Timeout = 30_000)]
    public async Task The_first_tick_comes_at_its_due_time_and_the_next_a_period_later()
    {
        var start = _clock.GetUtcNow().UtcDateTime;
        await Grain.RegisterAsync("a", Minute * 5, Minute);
        _clock.Advance(Minute * 5 - TimeSpan.FromMilliseconds(1));
        await AssertNoTickAsync();

        _clock.Advance(TimeSpan.FromMilliseconds(1));
        var first = await ReminderGrain.NextTickAsync(_key);
        await _clock.TimerAtAsync(new(start + Minute * 6));
        _clock.Advance(Minute);
        var second = await ReminderGrain.NextTickAsync(_key);

        Assert.Equal((start + Minute * 5, start + Minute * 5), (first.Status.FirstTickTime, first.Status.CurrentTickTime));
        Assert.Equal((start + Minute * 5, start + Minute * 6), (second.Status.FirstTickTime, second.Status.CurrentTickTime));
    }

    [Fact(Timeout = 30_000)]
    public async Task Ticks_missed_while_one_runs_are_left_out()
    {
        var start = _clock.GetUtcNow().UtcDateTime;
        await Grain.RegisterAsync("gate:" + _key, Minute, Minute);
        _clock.Advance(Minute);
        await Gate.Of(_key).Arrived;
        await ReminderGrain.NextTickAsync(_key);

        _clock.Advance(TimeSpan.FromSeconds(200));
        Gate.Of(_key).Open();
        await _clock.TimerAtAsync(new(start + Minute * 5));
        await AssertNoTickAsync();
        _clock.Advance(TimeSpan.FromSeconds(40));

        Assert.Equal(start + Minute * 5, (await ReminderGrain.NextTickAsync(_key)).Status.CurrentTickTime);
    }

    [Fact(Timeout = 30_000)]
    public async Task A_due_time_of_zero_ticks_at_once()
    {
        await Grain.RegisterAsync("now", TimeSpan.Zero, Minute);

        _clock.Advance(TimeSpan.Zero);

        var tick = await ReminderGrain.NextTickAsync(_key);
        Assert.Equal(_clock.GetUtcNow().UtcDateTime, tick.Status.CurrentTickTime);
    }

    [Fact(Timeout = 30_000)]
    public async Task An_unregistered_reminder_ticks_no_more_and_a_changed_one_at_its_new_time()
    {
        await Grain.RegisterAsync("gone", Minute, Minute);
        await Grain.RegisterAsync("moved", Minute, Minute);
        await Grain.UnregisterAsync("gone");
        await Grain.RegisterAsync("moved", Minute * 3, Minute);

        _clock.Advance(Minute * 2);
        await AssertNoTickAsync();
        _clock.Advance(Minute);

        Assert.Equal("moved", (await ReminderGrain.NextTickAsync(_key)).Name);
    }

    /// <summary>A tick is sent while the clock moves, so a call that comes later finds it done.</summary>
    private async Task AssertNoTickAsync()
    {
        await Grain.NamesAsync();
        Assert.False(ReminderGrain.Ticks(_key).TryRead(out _));
    }
}
