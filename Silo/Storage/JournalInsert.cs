using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CustomerService.Storage;

/// <summary>The one statement that runs for every entry, without the reader and the look-up of parameters by name that a command costs.</summary>
internal sealed class JournalInsert : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public JournalInsert(SqliteConnection connection)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, "INSERT INTO journal (conversation, sequence, at, event) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", out _statement));
    }

    /// <summary>False when the place is taken.</summary>
    public bool Run(long conversation, long sequence, long at, ReadOnlySpan<byte> what)
    {
        Check(raw.sqlite3_bind_int64(_statement, 1, conversation));
        Check(raw.sqlite3_bind_int64(_statement, 2, sequence));
        Check(raw.sqlite3_bind_int64(_statement, 3, at));
        Check(raw.sqlite3_bind_blob(_statement, 4, what));
        var result = raw.sqlite3_step(_statement);
        var isStored = result == raw.SQLITE_DONE && raw.sqlite3_changes(_database) == 1;
        Check(raw.sqlite3_reset(_statement));
        return result == raw.SQLITE_DONE ? isStored : throw new SqliteException(raw.sqlite3_errmsg(_database).utf8_to_string(), result);
    }

    public void Dispose() => _statement.Dispose();

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw new SqliteException(raw.sqlite3_errmsg(_database).utf8_to_string(), result);
    }
}
