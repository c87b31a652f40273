using CustomerService.Conversations;
using CustomerService.Routing;

namespace CustomerService.Storage;

/// <summary>Conversations in SQLite: entries at once, snapshots and lists a moment later (docs/decisions/0002).</summary>
internal sealed class SqliteJournal : IConversationJournal
{
    private const int MaxNumbers = 200_000;

    private readonly SqliteFile _file;
    private readonly SqliteWriter _writer;

    // These are touched by the writer's thread alone. A conversation's number makes the index small; what was appended since the last projection waits.
    private readonly Dictionary<ConversationKey, long> _numbers = [];
    private readonly Dictionary<long, Conversation> _unprojected = [];
    private SqliteJournalStatements? _statements;
    private bool _isCaughtUp;

    public SqliteJournal(SqliteFile file, SqliteWriter writer)
    {
        (_file, _writer) = (file, writer);
        writer.Project(Project, recover: () => _isCaughtUp = false);
    }

    // Entries are written out by whoever appends them: the one writing thread has enough to do.
    public ValueTask<bool> AppendAsync(JournalAppend append)
    {
        var events = append.Entries.Select(entry => ConversationJson.Write(entry.Event)).ToArray();
        return new(_writer.RunAsync(() => Append(append, events)));
    }

    public async ValueTask CompleteAsync(OutboxItem item) => await _writer.RunAsync(() => Ready().CloseOutbox(Number(item.Conversation), item.Kind));

    public ValueTask<Conversation> LoadAsync(ConversationKey key, CancellationToken cancellationToken) => new(_file.Read(reader => JournalQueries.Load(reader, key)));

    public ValueTask<ImmutableArray<ConversationEntry>> ReadAsync(ConversationKey key, long after, int limit, CancellationToken cancellationToken) =>
        new(_file.Read(reader => JournalQueries.Entries(reader, key, after, limit)));

    public async ValueTask<ImmutableArray<ConversationRow>> ListOpenAsync(QueueKey queue, CancellationToken cancellationToken)
    {
        await _writer.RunAsync(() =>
        {
            Project();
            return true;
        });
        return _file.Read(reader => JournalQueries.Open(reader, queue));
    }

    public ValueTask<ImmutableArray<OutboxItem>> ListOutboxAsync(CancellationToken cancellationToken) => new(_file.Read(JournalQueries.Outbox));

    private bool Append(JournalAppend append, byte[][] events)
    {
        var write = Ready();
        var number = append.Entries[0].Sequence == 1 ? write.Start(append.Next) : Number(append.Next.Key);
        foreach (var (index, entry) in append.Entries.Index())
        {
            if (!write.Insert(number, entry, events[index]))
                return false;
        }

        Remember(append.Next.Key, number);
        _unprojected[number] = append.Next;
        write.OpenOutbox(number, append.Opens);
        write.CloseOutbox(number, append.Closes);
        return true;
    }

    private long Number(ConversationKey key)
    {
        if (!_numbers.TryGetValue(key, out var number))
            Remember(key, number = Ready().NumberOf(key));
        return number;
    }

    private void Remember(ConversationKey key, long number)
    {
        if (_numbers.Count >= MaxNumbers)
            _numbers.Clear();
        _numbers[key] = number;
    }

    private void Project()
    {
        var write = Ready();
        if (_unprojected.Count == 0)
            return;

        foreach (var (number, conversation) in _unprojected.OrderBy(pair => pair.Key))
            write.Save(number, conversation);
        write.MarkProjected();
        _unprojected.Clear();
    }

    // After a crash, or a write that failed, the journal alone is right: fold what is newer than the snapshots.
    private SqliteJournalStatements Ready()
    {
        _statements ??= _file.Own(new SqliteJournalStatements(_writer.Connection));
        if (_isCaughtUp)
            return _statements;

        _numbers.Clear();
        _unprojected.Clear();
        foreach (var (number, key) in JournalQueries.Unprojected(_writer.Connection))
            _unprojected[number] = JournalQueries.Load(_writer.Connection, key);
        _isCaughtUp = true;
        return _statements;
    }
}
