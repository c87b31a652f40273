using System.Collections.Concurrent;
using CustomerService.Routing;

namespace CustomerService.Conversations;

/// <summary>A journal that forgets at the end of the process: for tests and trials.</summary>
internal sealed class MemoryJournal : IConversationJournal
{
    private readonly ConcurrentDictionary<ConversationKey, ImmutableList<ConversationEntry>> _entries = [];
    private readonly Lock _gate = new();
    private ImmutableSortedDictionary<long, OutboxItem> _outbox = ImmutableSortedDictionary<long, OutboxItem>.Empty;
    private long _outboxPosition;

    public ValueTask<bool> AppendAsync(JournalAppend append)
    {
        lock (_gate)
        {
            var key = append.Next.Key;
            var stored = Entries(key);
            if (stored.Count + 1 != append.Entries[0].Sequence)
                return new(false);

            _entries[key] = stored.AddRange(append.Entries);
            foreach (var kind in Kinds(append.Closes))
                Remove(new(key, kind));
            foreach (var kind in Kinds(append.Opens))
                _outbox = _outbox.Add(++_outboxPosition, new(key, kind));
            return new(true);
        }
    }

    public ValueTask<Conversation> LoadAsync(ConversationKey key, CancellationToken cancellationToken) => new(Load(key));

    public ValueTask<ImmutableArray<ConversationEntry>> ReadAsync(ConversationKey key, long after, int limit, CancellationToken cancellationToken) =>
        new([.. Entries(key).Skip((int)Math.Clamp(after, 0, int.MaxValue)).Take(limit)]);

    public ValueTask<ImmutableArray<ConversationRow>> ListOpenAsync(QueueKey queue, CancellationToken cancellationToken) =>
        new([.. _entries.Keys.Where(key => QueueKey.Of(key) == queue).Select(Load).Where(conversation => !conversation.IsResolved).Select(conversation => conversation.ToRow())]);

    public ValueTask<ImmutableArray<OutboxItem>> ListOutboxAsync(CancellationToken cancellationToken) => new([.. _outbox.Values]);

    public ValueTask CompleteAsync(OutboxItem item)
    {
        lock (_gate)
            Remove(item);
        return default;
    }

    private static IEnumerable<OutboxKinds> Kinds(OutboxKinds kinds) =>
        Enum.GetValues<OutboxKinds>().Where(kind => kind != OutboxKinds.None && kinds.HasFlag(kind));

    private void Remove(OutboxItem item) => _outbox = _outbox.RemoveRange(_outbox.Where(pair => pair.Value == item).Select(pair => pair.Key));

    private ImmutableList<ConversationEntry> Entries(ConversationKey key) => _entries.GetValueOrDefault(key, []);

    private Conversation Load(ConversationKey key) =>
        Entries(key).Aggregate(new Conversation { Key = key }, (conversation, entry) => conversation.Apply(entry));
}
