using CustomerService.Conversations;

namespace CustomerService.Simulation.Storage;

/// <summary>What outlives every process: bytes, changed in transactions that happen whole or not at all.</summary>
internal sealed class Disk
{
    private readonly Stack<Action> _undo = [];
    private readonly List<(ConversationKey Key, Conversation? Next)> _touched = [];

    public Dictionary<ConversationKey, List<StoredEntry>> Journal { get; } = [];

    public Dictionary<ConversationKey, byte[]> Snapshots { get; } = [];

    public List<OutboxItem> Outbox { get; } = [];

    public Dictionary<(string Name, string Grain), (long Tag, byte[] Body)> States { get; } = [];

    /// <summary>Told after every commit which conversations changed, and what their writer says the state now is.</summary>
    public Action<IReadOnlyList<(ConversationKey Key, Conversation? Next)>>? Committed { get; set; }

    public List<StoredEntry> EntriesOf(ConversationKey key) => Journal.TryGetValue(key, out var entries) ? entries : [];

    public long LastOf(ConversationKey key) => EntriesOf(key) is [.., var last] ? last.Sequence : 0;

    public void Append(ConversationKey key, StoredEntry entry)
    {
        if (!Journal.TryGetValue(key, out var entries))
            Journal[key] = entries = [];
        entries.Add(entry);
        _undo.Push(() => entries.RemoveAt(entries.Count - 1));
    }

    public void Touch(ConversationKey key, Conversation? next) => _touched.Add((key, next));

    public void Save(ConversationKey key, byte[] snapshot)
    {
        var before = Snapshots.GetValueOrDefault(key);
        Snapshots[key] = snapshot;
        _undo.Push(() => Restore(Snapshots, key, before));
        Touch(key, null);
    }

    public void Open(OutboxItem item)
    {
        if (Outbox.Contains(item))
            return;

        Outbox.Add(item);
        _undo.Push(() => Outbox.Remove(item));
    }

    public void Close(OutboxItem item)
    {
        var index = Outbox.IndexOf(item);
        if (index < 0)
            return;

        Outbox.RemoveAt(index);
        _undo.Push(() => Outbox.Insert(index, item));
    }

    public void Write((string Name, string Grain) key, long tag, byte[]? body)
    {
        (long, byte[])? before = States.TryGetValue(key, out var known) ? known : null;
        if (body is null)
            States.Remove(key);
        else
            States[key] = (tag, body);
        _undo.Push(() =>
        {
            if (before is { } old)
                States[key] = old;
            else
                States.Remove(key);
        });
    }

    public void Commit()
    {
        _undo.Clear();
        var touched = _touched.ToArray();
        _touched.Clear();
        Committed?.Invoke(touched);
    }

    /// <param name="keep">How many of the first changes stay all the same: 0 for a disk that is worth its name.</param>
    public void Rollback(int keep)
    {
        while (_undo.Count > keep)
            _undo.Pop()();
        if (keep == 0)
            _touched.Clear();
    }

    private static void Restore<TKey, TValue>(Dictionary<TKey, TValue> values, TKey key, TValue? before) where TKey : notnull where TValue : class
    {
        if (before is null)
            values.Remove(key);
        else
            values[key] = before;
    }
}

/// <summary>A journal entry as bytes.</summary>
internal sealed record StoredEntry(long Sequence, long At, byte[] Event)
{
    public ConversationEntry Read() => new(Sequence, new(At, TimeSpan.Zero), ConversationJson.ReadEvent(Event));
}
