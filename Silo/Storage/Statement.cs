using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace CustomerService.Storage;

/// <summary>
/// A prepared statement that runs for every message, without the reader, the boxed values and the look-up of parameters by name that a
/// command costs. It belongs to the writer's thread, and to <see cref="SqliteFile.Own"/>.
/// </summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _database;
    private readonly sqlite3_stmt _statement;

    public Statement(SqliteConnection connection, string sql)
    {
        _database = connection.Handle!;
        Check(raw.sqlite3_prepare_v2(_database, sql, out _statement));
    }

    public Statement Bind(int place, long value)
    {
        Check(raw.sqlite3_bind_int64(_statement, place, value));
        return this;
    }

    public Statement Bind(int place, ReadOnlySpan<byte> value)
    {
        Check(raw.sqlite3_bind_blob(_statement, place, value));
        return this;
    }

    public Statement Bind(int place, string value)
    {
        Check(raw.sqlite3_bind_text(_statement, place, value));
        return this;
    }

    /// <summary>Runs to the end.</summary>
    /// <returns>How many rows were changed.</returns>
    public int Run()
    {
        Step(raw.SQLITE_DONE);
        return raw.sqlite3_changes(_database);
    }

    /// <summary>The first column of the first row; null when there is no row.</summary>
    public long? Read()
    {
        var hasRow = Step(raw.SQLITE_ROW, raw.SQLITE_DONE, out var value);
        return hasRow ? value : null;
    }

    /// <summary>The row that the last insert on this connection made.</summary>
    public long LastInserted => raw.sqlite3_last_insert_rowid(_database);

    public void Dispose() => _statement.Dispose();

    private void Step(int wanted) => Step(wanted, wanted, out _);

    private bool Step(int wanted, int alsoGood, out long value)
    {
        var result = raw.sqlite3_step(_statement);
        value = result == raw.SQLITE_ROW ? raw.sqlite3_column_int64(_statement, 0) : 0;
        if (result != wanted && result != alsoGood)
        {
            var exception = Failure(result);
            raw.sqlite3_reset(_statement);
            throw exception;
        }

        Check(raw.sqlite3_reset(_statement));
        return result == raw.SQLITE_ROW;
    }

    private void Check(int result)
    {
        if (result != raw.SQLITE_OK)
            throw Failure(result);
    }

    private SqliteException Failure(int result) => new(raw.sqlite3_errmsg(_database).utf8_to_string(), result);
}
