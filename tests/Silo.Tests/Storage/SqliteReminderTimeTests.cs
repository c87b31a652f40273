using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace CustomerService.Storage;

/// <summary>With a clock that only the test moves, which Orleans cannot be given.</summary>
public sealed class SqliteReminderTimeTests : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TemporaryStorage _temporary = new();
    private readonly ManualClock _clock = new();
    private readonly string _key = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task After_a_restart_ticks_that_fell_due_meanwhile_are_left_out()
    {
        await using (var before = await StartAsync())
            await before.Client.GetGrain<IAlarmGrain>(_key).SetAsync(Hour, Hour * 24);
        _temporary.Close();
        _clock.Advance(Hour * 30);
        await using var after = await StartAsync();

        // A tick that was made up for would be sent by now, and this call comes after it.
        _clock.Advance(TimeSpan.FromSeconds(1));
        await after.Client.GetGrain<IAlarmGrain>(_key).CountAsync();
        Assert.False(AlarmGrain.Rang(_key).IsCompleted);
        _clock.Advance(Hour * 19 - TimeSpan.FromSeconds(1));

        var tick = await AlarmGrain.Rang(_key);
        Assert.Equal(Hour * 48, tick.CurrentTickTime - tick.FirstTickTime);
    }

    [Fact]
    public async Task A_reminder_that_was_unregistered_does_not_tick_after_a_restart()
    {
        await using (var before = await StartAsync())
        {
            await before.Client.GetGrain<IAlarmGrain>(_key).SetAsync(Hour, Hour);
            await before.Client.GetGrain<IAlarmGrain>(_key).ClearAsync();
        }

        _temporary.Close();
        await using var after = await StartAsync();

        // The tick would be the last that happens on the way.
        _clock.Advance(Hour);
        await after.Client.GetGrain<IAlarmGrain>(_key).CountAsync();
        Assert.False(AlarmGrain.Rang(_key).IsCompleted);
    }

    public void Dispose() => _temporary.Dispose();

    private Task<InProcessTestCluster> StartAsync()
    {
        _temporary.Open();
        return TestCluster.StartAsync(silo =>
        {
            silo.Services.AddSingleton<TimeProvider>(_clock);
            silo.Services.AddSingleton<IReminderTable>(_temporary.Reminders());
            silo.AddReminders();
        });
    }
}
