using CustomerService.Conversations;
using Microsoft.Data.Sqlite;

namespace CustomerService.Storage;

/// <summary>The journal's prepared writes. Used by the writer's thread alone.</summary>
internal sealed class SqliteJournalStatements(SqliteConnection connection) : IDisposable
{
    private readonly Statement _insert = new(connection, "INSERT INTO journal (conversation, sequence, at, event) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING");
    private readonly Statement _start = new(
        connection, "INSERT INTO conversations (tenant, id, shard, is_open) VALUES (?, ?, ?, 1) ON CONFLICT (tenant, id) DO UPDATE SET is_open = is_open RETURNING number");
    private readonly Statement _number = new(connection, "SELECT number FROM conversations WHERE tenant = ? AND id = ?");
    private readonly Statement _save = new(connection, "UPDATE conversations SET is_open = ?, state = ? WHERE number = ?");
    private readonly Statement _projected = new(connection, "UPDATE projected SET position = ?");
    private readonly Statement _open = new(connection, "INSERT INTO outbox VALUES (?, ?) ON CONFLICT DO NOTHING");
    private readonly Statement _close = new(connection, "DELETE FROM outbox WHERE conversation = ? AND kind = ?");

    /// <summary>The entry's position in the journal; 0 when its place in the conversation is taken.</summary>
    public long Insert(long number, ConversationEntry entry, byte[] what) =>
        _insert.Bind(1, number).Bind(2, entry.Sequence).Bind(3, entry.At.UtcTicks).Bind(4, what).Run() == 1 ? _insert.LastInserted : 0;

    public long Start(Conversation conversation) => Named(_start, conversation.Key).Bind(3, conversation.Queue.Shard).Read()!.Value;

    /// <summary>0 for a conversation that never started.</summary>
    public long NumberOf(ConversationKey key) => Named(_number, key).Read() ?? 0;

    public void Save(long number, Conversation conversation) =>
        _save.Bind(1, conversation.IsResolved ? 0 : 1).Bind(2, ConversationJson.Snapshot(conversation)).Bind(3, number).Run();

    public void MarkProjected(long position) => _projected.Bind(1, position).Run();

    public void OpenOutbox(long number, OutboxKinds kinds) => Each(_open, number, kinds);

    public bool CloseOutbox(long number, OutboxKinds kinds) => Each(_close, number, kinds);

    public void Dispose()
    {
        foreach (var statement in new[] { _insert, _start, _number, _save, _projected, _open, _close })
            statement.Dispose();
    }

    private static Statement Named(Statement statement, ConversationKey key)
    {
        Span<byte> id = stackalloc byte[16];
        key.Id.TryWriteBytes(id, bigEndian: true, out _);
        return statement.Bind(1, key.Tenant.Value).Bind(2, id);
    }

    private static bool Each(Statement statement, long number, OutboxKinds kinds)
    {
        for (var kind = 1; kind <= (int)kinds; kind <<= 1)
        {
            if (((int)kinds & kind) != 0)
                statement.Bind(1, number).Bind(2, kind).Run();
        }

        return true;
    }
}
