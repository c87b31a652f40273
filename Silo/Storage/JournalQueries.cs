using CustomerService.Conversations;
using CustomerService.Routing;
using CustomerService.Tenancy;
using Microsoft.Data.Sqlite;

namespace CustomerService.Storage;

/// <summary>What is read of the journal, on any connection.</summary>
internal static class JournalQueries
{
    public static Conversation Load(SqliteConnection connection, ConversationKey key)
    {
        using var query = Query(connection, "SELECT state FROM conversations WHERE tenant = $1 AND id = $2", key.Tenant.Value, key.Id.ToByteArray(bigEndian: true));
        var snapshot = query.ExecuteScalar() is byte[] bytes ? ConversationJson.ReadConversation(bytes) : new Conversation { Key = key };
        return Entries(connection, key, snapshot.LastSequence, int.MaxValue).Aggregate(snapshot, (state, entry) => state.Apply(entry));
    }

    public static ImmutableArray<ConversationEntry> Entries(SqliteConnection connection, ConversationKey key, long after, int limit)
    {
        using var query = Query(
            connection,
            """
            SELECT sequence, at, event FROM journal
            WHERE conversation = (SELECT number FROM conversations WHERE tenant = $1 AND id = $2) AND sequence > $3 ORDER BY sequence LIMIT $4
            """,
            key.Tenant.Value, key.Id.ToByteArray(bigEndian: true), after, limit);
        using var reader = query.ExecuteReader();
        var entries = ImmutableArray.CreateBuilder<ConversationEntry>();
        while (reader.Read())
            entries.Add(new(reader.GetInt64(0), new(reader.GetInt64(1), TimeSpan.Zero), ConversationJson.ReadEvent(reader.GetFieldValue<byte[]>(2))));
        return entries.ToImmutable();
    }

    /// <summary>Rows that are not resolved: the snapshots' ones, and over them the newer states that have none yet.</summary>
    public static ImmutableArray<ConversationRow> Open(SqliteConnection connection, QueueKey queue, Dictionary<long, Conversation> newer)
    {
        using var query = Query(connection, "SELECT number, state FROM conversations WHERE tenant = $1 AND shard = $2 AND is_open = 1", queue.Tenant.Value, queue.Shard);
        using var reader = query.ExecuteReader();
        var rows = ImmutableArray.CreateBuilder<ConversationRow>();
        while (reader.Read())
        {
            if (!newer.ContainsKey(reader.GetInt64(0)) && !reader.IsDBNull(1))
                rows.Add(ConversationJson.ReadConversation(reader.GetFieldValue<byte[]>(1)).ToRow());
        }

        rows.AddRange(newer.Values.Where(conversation => !conversation.IsResolved).Select(conversation => conversation.ToRow()));
        return rows.ToImmutable();
    }

    public static ImmutableArray<OutboxItem> Outbox(SqliteConnection connection)
    {
        using var query = Query(connection, "SELECT tenant, id, kind FROM outbox JOIN conversations ON number = conversation ORDER BY number");
        using var reader = query.ExecuteReader();
        var items = ImmutableArray.CreateBuilder<OutboxItem>();
        while (reader.Read())
            items.Add(new(Key(reader, 0), (OutboxKinds)reader.GetInt32(2)));
        return items.ToImmutable();
    }

    /// <summary>Conversations with entries that no snapshot shows, and where in the journal those begin and end; longest behind first.</summary>
    public static IEnumerable<(long Number, long First, long Last)> Unprojected(SqliteConnection connection)
    {
        using var query = Query(
            connection,
            "SELECT conversation, min(position) AS first, max(position) FROM journal WHERE position > (SELECT position FROM projected) GROUP BY conversation ORDER BY first");
        using var reader = query.ExecuteReader();
        while (reader.Read())
            yield return (reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));
    }

    public static ConversationKey KeyOf(SqliteConnection connection, long number)
    {
        using var query = Query(connection, "SELECT tenant, id FROM conversations WHERE number = $1", number);
        using var reader = query.ExecuteReader();
        return reader.Read() ? Key(reader, 0) : throw new StorageException($"Conversation number {number} has entries and no name.");
    }

    private static ConversationKey Key(SqliteDataReader reader, int column) =>
        new(TenantId.Parse(reader.GetString(column)), new Guid(reader.GetFieldValue<byte[]>(column + 1), bigEndian: true));

    private static SqliteCommand Query(SqliteConnection connection, string sql, params ReadOnlySpan<object> values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var index = 0; index < values.Length; index++)
            command.Parameters.AddWithValue($"${index + 1}", values[index]);
        return command;
    }
}
