using CustomerService.Conversations;
using CustomerService.Routing;

namespace CustomerService.Storage;

/// <summary>Conversations in SQLite: entries at once, snapshots and lists a moment later (docs/decisions/0002).</summary>
internal sealed class SqliteJournal(SqliteFile file, SqliteWriter writer, SqliteProjections projections) : IConversationJournal
{
    private const int MaxNumbers = 200_000;

    // A conversation's number makes the index small. Touched by the writer's thread alone.
    private readonly Dictionary<ConversationKey, long> _numbers = [];
    private int _generation;

    // Entries are written out by whoever appends them: the one writing thread has enough to do.
    public ValueTask<bool> AppendAsync(JournalAppend append)
    {
        var events = new byte[append.Entries.Length][];
        for (var index = 0; index < events.Length; index++)
            events[index] = ConversationJson.Write(append.Entries[index].Event);
        return new(writer.RunAsync(new AppendJob(this, append, events)));
    }

    public async ValueTask CompleteAsync(OutboxItem item) => await writer.RunAsync(() => projections.Statements.CloseOutbox(Number(item.Conversation), item.Kind));

    public ValueTask<Conversation> LoadAsync(ConversationKey key, CancellationToken cancellationToken) => new(file.Read(reader => JournalQueries.Load(reader, key)));

    public ValueTask<ImmutableArray<ConversationEntry>> ReadAsync(ConversationKey key, long after, int limit, CancellationToken cancellationToken) =>
        new(file.Read(reader => JournalQueries.Entries(reader, key, after, limit)));

    // What the snapshots do not show yet lies over them. A conversation may change between the two looks; the queue hears of it and knows which row is newer.
    public async ValueTask<ImmutableArray<ConversationRow>> ListOpenAsync(QueueKey queue, CancellationToken cancellationToken)
    {
        var behind = await writer.RunAsync(() => projections.Behind(queue));
        return file.Read(reader => JournalQueries.Open(reader, queue, behind));
    }

    public ValueTask<ImmutableArray<OutboxItem>> ListOutboxAsync(CancellationToken cancellationToken) => new(file.Read(JournalQueries.Outbox));

    private bool Append(JournalAppend append, byte[][] events)
    {
        var write = projections.Statements;
        var number = append.Entries[0].Sequence == 1 ? write.Start(append.Next) : Number(append.Next.Key);
        for (var index = 0; index < events.Length; index++)
        {
            var position = write.Insert(number, append.Entries[index], events[index]);
            if (position == 0)
                return false;
            projections.Follow(number, position, append.Next);
        }

        Remember(append.Next.Key, number);
        write.OpenOutbox(number, append.Opens);
        write.CloseOutbox(number, append.Closes);
        return true;
    }

    private long Number(ConversationKey key)
    {
        if (_generation == projections.Generation && _numbers.TryGetValue(key, out var number))
            return number;

        number = projections.Statements.NumberOf(key);
        Remember(key, number);
        return number;
    }

    private void Remember(ConversationKey key, long number)
    {
        if (_numbers.Count >= MaxNumbers || _generation != projections.Generation)
            _numbers.Clear();
        _generation = projections.Generation;
        _numbers[key] = number;
    }

    private sealed class AppendJob(SqliteJournal journal, JournalAppend append, byte[][] events) : WriteJob<bool>
    {
        protected override bool Write() => journal.Append(append, events);
    }
}
