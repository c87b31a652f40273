using CustomerService.Conversations;

namespace CustomerService.Routing;

/// <summary>A tenant's live conversations as far as they are known here: the union of its shards, each at a version.</summary>
public sealed class QueueBoard
{
    private readonly Dictionary<int, Shard> _shards = [];

    /// <summary>True when every shard has answered once.</summary>
    public bool IsComplete => _shards.Count == QueueKey.Shards;

    public IEnumerable<ConversationRow> Rows => _shards.Values.SelectMany(shard => shard.Rows.Values);

    public int Count => _shards.Values.Sum(shard => shard.Rows.Count);

    public ConversationRow? Find(ConversationKey key) =>
        _shards.GetValueOrDefault(QueueKey.Of(key).Shard)?.Rows.GetValueOrDefault(key);

    /// <summary>The version from which a shard's changes are asked for; 0 before the first.</summary>
    public long VersionOf(QueueKey queue) => _shards.GetValueOrDefault(queue.Shard)?.Version ?? 0;

    /// <summary>Takes over a shard's changes. A row older than the one held changes nothing; a snapshot replaces all.</summary>
    /// <returns>False when nothing that can be seen changed.</returns>
    public bool Apply(QueueKey queue, QueueChanges changes)
    {
        var isFirst = !_shards.TryGetValue(queue.Shard, out var shard);
        shard ??= _shards[queue.Shard] = new();
        shard.Version = changes.Version;

        var changed = isFirst;
        if (changes.IsSnapshot)
            changed |= Forget(shard, except: changes.Rows);

        foreach (var row in changes.Rows)
        {
            if (shard.Rows.TryGetValue(row.Key, out var held) && held.LastSequence >= row.LastSequence)
                continue;

            shard.Rows[row.Key] = row;
            changed = true;
        }

        foreach (var gone in changes.Gone)
            changed |= shard.Rows.Remove(gone);

        return changed;
    }

    private static bool Forget(Shard shard, ImmutableArray<ConversationRow> except)
    {
        var kept = except.Select(row => row.Key).ToHashSet();
        var gone = shard.Rows.Keys.Where(key => !kept.Contains(key)).ToList();
        gone.ForEach(key => shard.Rows.Remove(key));
        return gone.Count > 0;
    }

    private sealed class Shard
    {
        public long Version { get; set; }

        public Dictionary<ConversationKey, ConversationRow> Rows { get; } = [];
    }
}
