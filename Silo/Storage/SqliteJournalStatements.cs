using CustomerService.Conversations;
using Microsoft.Data.Sqlite;

namespace CustomerService.Storage;

/// <summary>The journal's prepared writes. Used by the writer's thread alone.</summary>
internal sealed class SqliteJournalStatements(SqliteConnection connection) : IDisposable
{
    private readonly JournalInsert _insert = new(connection);
    private readonly SqliteCommand _start = connection.Prepare(
        "INSERT INTO conversations (tenant, id, shard, is_open) VALUES ($1, $2, $3, 1) ON CONFLICT (tenant, id) DO UPDATE SET is_open = is_open RETURNING number", 3);
    private readonly SqliteCommand _number = connection.Prepare("SELECT number FROM conversations WHERE tenant = $1 AND id = $2", 2);
    private readonly SqliteCommand _save = connection.Prepare("UPDATE conversations SET is_open = $2, state = $3 WHERE number = $1", 3);
    private readonly SqliteCommand _projected = connection.Prepare("UPDATE projected SET position = (SELECT coalesce(max(position), 0) FROM journal)", 0);
    private readonly SqliteCommand _open = connection.Prepare("INSERT INTO outbox VALUES ($1, $2) ON CONFLICT DO NOTHING", 2);
    private readonly SqliteCommand _close = connection.Prepare("DELETE FROM outbox WHERE conversation = $1 AND kind = $2", 2);

    /// <summary>False when the place is taken.</summary>
    public bool Insert(long number, ConversationEntry entry, byte[] what) => _insert.Run(number, entry.Sequence, entry.At.UtcTicks, what);

    public long Start(Conversation conversation) =>
        (long)_start.With(conversation.Key.Tenant.Value, conversation.Key.Id.ToByteArray(bigEndian: true), conversation.Queue.Shard).ExecuteScalar()!;

    /// <summary>0 for a conversation that never started.</summary>
    public long NumberOf(ConversationKey key) => (long?)_number.With(key.Tenant.Value, key.Id.ToByteArray(bigEndian: true)).ExecuteScalar() ?? 0;

    public void Save(long number, Conversation conversation) =>
        _save.With(number, conversation.IsResolved ? 0L : 1L, ConversationJson.Write(conversation)).ExecuteNonQuery();

    public void MarkProjected() => _projected.ExecuteNonQuery();

    public void OpenOutbox(long number, OutboxKinds kinds) => Each(_open, number, kinds);

    public bool CloseOutbox(long number, OutboxKinds kinds) => Each(_close, number, kinds);

    public void Dispose() => _insert.Dispose();

    private static bool Each(SqliteCommand command, long number, OutboxKinds kinds)
    {
        for (var kind = 1; kind <= (int)kinds; kind <<= 1)
        {
            if (((int)kinds & kind) != 0)
                command.With(number, (long)kind).ExecuteNonQuery();
        }

        return true;
    }
}
