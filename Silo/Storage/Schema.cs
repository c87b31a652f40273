using Microsoft.Data.Sqlite;

namespace CustomerService.Storage;

/// <summary>The tables, and how an older file becomes a newer one.</summary>
internal static class Schema
{
    public const int Version = 2;

    // The journal is a plain rowid table, so that entries of any conversation are appended at one place; the index is small and apart
    // (a table clustered by conversation costs ten times as much when conversations interleave). Snapshots (conversations.state) follow later.
    private const string First = """
        CREATE TABLE schema_version (version INTEGER NOT NULL, applied_at TEXT NOT NULL);
        CREATE TABLE journal (position INTEGER PRIMARY KEY, conversation INTEGER NOT NULL, sequence INTEGER NOT NULL, at INTEGER NOT NULL, event BLOB NOT NULL);
        CREATE UNIQUE INDEX journal_by_conversation ON journal (conversation, sequence);
        CREATE TABLE conversations (
            number INTEGER PRIMARY KEY, tenant TEXT NOT NULL, id BLOB NOT NULL, shard INTEGER NOT NULL, is_open INTEGER NOT NULL, state BLOB);
        CREATE UNIQUE INDEX conversations_by_id ON conversations (tenant, id);
        CREATE INDEX conversations_open ON conversations (tenant, shard) WHERE is_open = 1;
        CREATE TABLE outbox (conversation INTEGER NOT NULL, kind INTEGER NOT NULL, PRIMARY KEY (conversation, kind)) WITHOUT ROWID;
        CREATE TABLE projected (position INTEGER NOT NULL);
        INSERT INTO projected VALUES (0);
        CREATE TABLE grain_state (name TEXT NOT NULL, grain TEXT NOT NULL, etag INTEGER NOT NULL, state BLOB, PRIMARY KEY (name, grain)) WITHOUT ROWID;
        """;

    private const string Second = """
        CREATE TABLE reminders (
            grain TEXT NOT NULL, name TEXT NOT NULL, start_at INTEGER NOT NULL, period INTEGER NOT NULL, etag INTEGER NOT NULL, PRIMARY KEY (grain, name)) WITHOUT ROWID;
        """;

    private static readonly string[] s_steps = [First, Second];

    /// <summary>Makes or upgrades the tables.</summary>
    /// <exception cref="StorageException">A newer version of the program wrote the file.</exception>
    public static void Ensure(SqliteConnection connection, string path)
    {
        var version = VersionOf(connection);
        if (version > Version)
        {
            throw new StorageException(
                $"{path} was written by a newer version of this program (schema {version}; this program knows {Version}). Nothing was changed. "
                + "Start the newer version, or restore a backup made before the upgrade.");
        }

        if (version == Version)
            return;

        using var transaction = connection.BeginTransaction();
        foreach (var step in s_steps.AsSpan((int)version))
            connection.Run(step);
        connection.Run($"INSERT INTO schema_version VALUES ({Version}, datetime('now'))");
        transaction.Commit();
    }

    private static long VersionOf(SqliteConnection connection) =>
        connection.Read<long>("SELECT count(*) FROM sqlite_master WHERE name = 'schema_version'") == 0
            ? 0
            : connection.Read<long>("SELECT max(version) FROM schema_version");
}
