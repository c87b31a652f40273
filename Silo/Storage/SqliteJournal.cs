using CustomerService.Conversations;
using CustomerService.Routing;

namespace CustomerService.Storage;

/// <summary>Conversations in SQLite: entries at once, snapshots and lists a moment later (docs/decisions/0002).</summary>
internal sealed class SqliteJournal(SqliteFile file, SqliteWriter writer, SqliteProjections projections) : IConversationJournal
{
    // Entries are written out by whoever appends them: the one writing thread has enough to do.
    public ValueTask<bool> AppendAsync(JournalAppend append)
    {
        _ = append.Events;
        return new(writer.RunAsync(new AppendJob(this, append)));
    }

    public async ValueTask CompleteAsync(OutboxItem item) => await writer.RunAsync(() => projections.Statements.CloseOutbox(projections.Statements.NumberOf(item.Conversation), item.Kind));

    public ValueTask<Conversation> LoadAsync(ConversationKey key, CancellationToken cancellationToken) => new(file.Read(reader => JournalQueries.Load(reader, key)));

    public ValueTask<ImmutableArray<ConversationEntry>> ReadAsync(ConversationKey key, long after, int limit, CancellationToken cancellationToken) =>
        new(file.Read(reader => JournalQueries.Entries(reader, key, after, limit)));

    // What the snapshots do not show yet lies over them. A conversation may change between the two looks; the queue hears of it and knows which row is newer.
    public async ValueTask<ImmutableArray<ConversationRow>> ListOpenAsync(QueueKey queue, CancellationToken cancellationToken)
    {
        var behind = await writer.RunAsync(() => projections.BehindOf(queue));
        return file.Read(reader => JournalQueries.Open(reader, queue, behind));
    }

    public ValueTask<ImmutableArray<OutboxItem>> ListOutboxAsync(CancellationToken cancellationToken) => new(file.Read(JournalQueries.Outbox));

    // A place may hold a number of a start that was rolled back: the first entry always asks again.
    private bool Append(JournalAppend append)
    {
        var write = projections.Statements;
        if (append.Entries[0].Sequence == 1)
            append.Place.Number = write.Start(append.Next);
        else if (append.Place.Number == 0)
            append.Place.Number = write.NumberOf(append.Next.Key);

        var number = append.Place.Number;
        for (var index = 0; index < append.Entries.Length; index++)
        {
            var position = write.Insert(number, append.Entries[index], append.Events[index]);
            if (position == 0)
                return false;
            projections.Follow(number, position, append);
        }

        write.OpenOutbox(number, append.Opens);
        write.CloseOutbox(number, append.Closes);
        return true;
    }

    private sealed class AppendJob(SqliteJournal journal, JournalAppend append) : WriteJob<bool>
    {
        protected override bool Write() => journal.Append(append);
    }
}
