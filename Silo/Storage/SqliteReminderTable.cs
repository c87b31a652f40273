using System.Globalization;
using Microsoft.Data.Sqlite;

namespace CustomerService.Storage;

/// <summary>Grains' reminders, in the same file and through the same commits as everything else, so that they outlive the process. The ETag is a counter.</summary>
internal sealed class SqliteReminderTable(SqliteFile file, SqliteWriter writer) : IReminderTable
{
    private const string Select = "SELECT grain, name, start_at, period, etag FROM reminders ";

    private SqliteCommand? _upsert;
    private SqliteCommand? _delete;

    public Task<ReminderTableData> ReadRows(GrainId grainId) =>
        Task.FromResult(new ReminderTableData(file.Read(reader => Find(reader, Select + "WHERE grain = $1", grainId.ToString()))));

    public Task<ReminderTableData> ReadRows(uint begin, uint end)
    {
        var rows = file.Read(reader => Find(reader, Select));
        return Task.FromResult(new ReminderTableData(rows.Where(row => IsBetween(row.GrainId.GetUniformHashCode(), begin, end))));
    }

    public Task<ReminderEntry?> ReadRow(GrainId grainId, string reminderName) =>
        Task.FromResult(file.Read(reader => Find(reader, Select + "WHERE grain = $1 AND name = $2", grainId.ToString(), reminderName)).SingleOrDefault());

    public async Task<string?> UpsertRow(ReminderEntry entry)
    {
        var (grain, name, start, period) = (entry.GrainId.ToString(), entry.ReminderName, entry.StartAt.Ticks, entry.Period.Ticks);
        var tag = await writer.RunAsync(() => Upsert(grain, name, start, period));
        return Text(tag);
    }

    public Task<bool> RemoveRow(GrainId grainId, string reminderName, string eTag)
    {
        var (grain, tag) = (grainId.ToString(), long.Parse(eTag, CultureInfo.InvariantCulture));
        return writer.RunAsync(() => Delete(grain, reminderName, tag));
    }

    public Task TestOnlyClearTable() => writer.RunAsync(() =>
    {
        writer.Connection.Run("DELETE FROM reminders");
        return true;
    });

    private long Upsert(string grain, string name, long start, long period)
    {
        _upsert ??= writer.Connection.Prepare(
            "INSERT INTO reminders (grain, name, start_at, period, etag) VALUES ($1, $2, $3, $4, 1) "
            + "ON CONFLICT DO UPDATE SET start_at = $3, period = $4, etag = etag + 1 RETURNING etag",
            4);
        return (long)_upsert.With(grain, name, start, period).ExecuteScalar()!;
    }

    private bool Delete(string grain, string name, long tag)
    {
        _delete ??= writer.Connection.Prepare("DELETE FROM reminders WHERE grain = $1 AND name = $2 AND etag = $3", 3);
        return _delete.With(grain, name, tag).ExecuteNonQuery() == 1;
    }

    private static List<ReminderEntry> Find(SqliteConnection connection, string sql, params ReadOnlySpan<string> values)
    {
        using var query = connection.CreateCommand();
        query.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
            query.Parameters.AddWithValue($"${index + 1}", values[index]);
        using var reader = query.ExecuteReader();
        var rows = new List<ReminderEntry>();
        while (reader.Read())
        {
            rows.Add(new()
            {
                GrainId = GrainId.Parse(reader.GetString(0)),
                ReminderName = reader.GetString(1),
                StartAt = new(reader.GetInt64(2), DateTimeKind.Utc),
                Period = new(reader.GetInt64(3)),
                ETag = Text(reader.GetInt64(4)),
            });
        }

        return rows;
    }

    // From begin, which is left out, round the ring to end: all when both are the same.
    private static bool IsBetween(uint hash, uint begin, uint end) => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;

    private static string Text(long tag) => tag.ToString(CultureInfo.InvariantCulture);
}
