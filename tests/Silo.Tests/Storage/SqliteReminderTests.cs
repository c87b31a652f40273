using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace CustomerService.Storage;

public sealed class SqliteReminderTests : IDisposable
{
    private static readonly TimeSpan Hour = TimeSpan.FromHours(1);

    private readonly TemporaryStorage _temporary = new();
    private readonly DateTime _noon = new(2026, 3, 2, 12, 0, 0, DateTimeKind.Utc);
    private readonly string _key = Guid.NewGuid().ToString("N");

    [Fact]
    public async Task A_reminder_survives_a_restart_and_one_that_was_unregistered_stays_away()
    {
        await using (var before = await StartAsync())
        {
            await before.Client.GetGrain<IAlarmGrain>(_key).SetAsync(Hour, Hour);
            await before.Client.GetGrain<IAlarmGrain>(_key + "/kept").SetAsync(Hour, Hour);
            Assert.Equal(1, await before.Client.GetGrain<IAlarmGrain>(_key).CountAsync());
            await before.Client.GetGrain<IAlarmGrain>(_key).ClearAsync();
        }

        _temporary.Close();
        await using var after = await StartAsync();

        Assert.Equal(0, await after.Client.GetGrain<IAlarmGrain>(_key).CountAsync());
        Assert.Equal(1, await after.Client.GetGrain<IAlarmGrain>(_key + "/kept").CountAsync());
    }

    [Fact]
    public async Task A_row_is_replaced_by_its_name_and_removed_by_its_newest_etag_only()
    {
        _temporary.Open();
        var table = _temporary.Reminders();
        var entry = new ReminderEntry { GrainId = GrainId.Create("alarm", "quillmere/1"), ReminderName = "wake", StartAt = _noon, Period = Hour };
        var first = await table.UpsertRow(entry);
        entry.Period = Hour * 2;
        var second = await table.UpsertRow(entry);

        Assert.False(await table.RemoveRow(entry.GrainId, "wake", first!));
        var row = Assert.Single((await table.ReadRows(entry.GrainId)).Reminders);
        Assert.Equal((entry.GrainId, "wake", entry.StartAt, DateTimeKind.Utc, Hour * 2, second), (row.GrainId, row.ReminderName, row.StartAt, row.StartAt.Kind, row.Period, row.ETag));
        Assert.True(await table.RemoveRow(entry.GrainId, "wake", second!));
        Assert.Null(await table.ReadRow(entry.GrainId, "wake"));
    }

    [Fact]
    public async Task Rows_are_found_by_their_place_on_the_ring()
    {
        _temporary.Open();
        var table = _temporary.Reminders();
        var grain = GrainId.Create("alarm", "quillmere/1");
        await table.UpsertRow(new() { GrainId = grain, ReminderName = "wake", StartAt = _noon, Period = Hour });
        var place = grain.GetUniformHashCode();

        Assert.Single((await table.ReadRows(0, 0)).Reminders);
        Assert.Single((await table.ReadRows(place - 1, place)).Reminders);
        Assert.Empty((await table.ReadRows(place, place + 1)).Reminders);
    }

    public void Dispose() => _temporary.Dispose();

    private Task<InProcessTestCluster> StartAsync()
    {
        _temporary.Open();
        return SiloCluster.StartAsync(silo =>
        {
            silo.Services.AddSingleton<IReminderTable>(_temporary.Reminders());
            silo.AddReminders();
        });
    }
}
