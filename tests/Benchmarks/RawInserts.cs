using System.Diagnostics;
using Microsoft.Data.Sqlite;

namespace CustomerService.Benchmarks;

/// <summary>The peer: one prepared insert into a bare SQLite table, synced at every commit. Rows a second, and CPU a row.</summary>
internal static class RawInserts
{
    public static (double PerSecond, double CpuMicroseconds) Measure(string path, int rowsPerCommit, byte[] body, TimeSpan time)
    {
        using var connection = new SqliteConnection($"Data Source={path};Pooling=false");
        connection.Open();
        Run(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 4000");
        Run(connection, "CREATE TABLE raw (position INTEGER PRIMARY KEY, conversation INTEGER NOT NULL, sequence INTEGER NOT NULL, at INTEGER NOT NULL, event BLOB NOT NULL)");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO raw (conversation, sequence, at, event) VALUES ($1, $2, $3, $4)";
        for (var number = 1; number <= 4; number++)
            insert.Parameters.Add(new SqliteParameter { ParameterName = $"${number}", Value = number });
        insert.Parameters[3].Value = body;
        insert.Prepare();

        var (cpu, clock) = (Process.GetCurrentProcess().TotalProcessorTime, Stopwatch.StartNew());
        var rows = 0L;
        while (clock.Elapsed < time)
        {
            Run(connection, "BEGIN IMMEDIATE");
            for (var row = 0; row < rowsPerCommit; row++, rows++)
            {
                insert.Parameters[0].Value = rows % 10_000;
                insert.Parameters[1].Value = rows / 10_000;
                insert.ExecuteNonQuery();
            }

            Run(connection, "COMMIT");
        }

        return (rows / clock.Elapsed.TotalSeconds, (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalMicroseconds / rows);
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
