using CustomerService.Conversations;
using CustomerService.Routing;
using CustomerService.Simulation.Scheduling;

namespace CustomerService.Simulation.Storage;

/// <summary>The product's journal on the simulated disk; same promises as the SQLite one, snapshots a moment later included.</summary>
internal sealed class SimulatedJournal : IConversationJournal
{
    private readonly Node _node;
    private readonly Disk _disk;
    private readonly SimulatedWriter _writer;
    private readonly StorageFaults _faults;
    private readonly StorageDefects _defects;
    private readonly HashSet<ConversationKey> _unprojected = [];

    public SimulatedJournal(Node node, Disk disk, SimulatedWriter writer, StorageFaults faults, StorageDefects defects)
    {
        (_node, _disk, _writer, _faults, _defects) = (node, disk, writer, faults, defects);
        (writer.Project, writer.Recover) = (Project, Recover);
        Recover();
    }

    public ValueTask<bool> AppendAsync(JournalAppend append)
    {
        if (_defects.SavesSnapshotsAhead)
        {
            _disk.Save(append.Next.Key, ConversationJson.Write(append.Next));
            _disk.Commit();
        }

        var events = append.Entries.Select(entry => ConversationJson.Write(entry.Event)).ToArray();
        return new(_writer.RunAsync(() => Append(append, events)));
    }

    public async ValueTask CompleteAsync(OutboxItem item) => await _writer.RunAsync(() =>
    {
        Close(item.Conversation, item.Kind);
        _disk.Touch(item.Conversation, null);
        return true;
    });

    public async ValueTask<Conversation> LoadAsync(ConversationKey key, CancellationToken cancellationToken)
    {
        await ReadingAsync(cancellationToken);
        var loaded = Fold(key);
        return _defects.ForgetsDedupIds ? loaded with { Recent = RecentIds.Empty } : loaded;
    }

    public async ValueTask<ImmutableArray<ConversationEntry>> ReadAsync(ConversationKey key, long after, int limit, CancellationToken cancellationToken)
    {
        await ReadingAsync(cancellationToken);
        return [.. _disk.EntriesOf(key).Where(entry => entry.Sequence > after).Take(limit).Select(entry => entry.Read())];
    }

    public async ValueTask<ImmutableArray<ConversationRow>> ListOpenAsync(QueueKey queue, CancellationToken cancellationToken)
    {
        await _writer.RunAsync(() =>
        {
            Project();
            return true;
        });
        await ReadingAsync(cancellationToken);
        return [.. _disk.Snapshots.Where(pair => QueueKey.Of(pair.Key) == queue).Select(pair => ConversationJson.ReadConversation(pair.Value)).Where(state => !state.IsResolved).Select(state => state.ToRow())];
    }

    public async ValueTask<ImmutableArray<OutboxItem>> ListOutboxAsync(CancellationToken cancellationToken)
    {
        await ReadingAsync(cancellationToken);
        return [.. _disk.Outbox];
    }

    private bool Append(JournalAppend append, byte[][] events)
    {
        var key = append.Next.Key;
        if (append.Entries[0].Sequence <= _disk.LastOf(key) && !_defects.AcceptsTakenSequences)
            return false;

        foreach (var (index, entry) in append.Entries.Index())
            _disk.Append(key, new(entry.Sequence, entry.At.UtcTicks, events[index]));
        if (!_defects.LosesOutbox)
            Each(append.Opens, kind => _disk.Open(new(key, kind)));
        if (!_defects.KeepsOutbox)
            Close(key, append.Closes);
        _unprojected.Add(key);
        _disk.Touch(key, append.Next);
        return true;
    }

    // Another process may have written since: a snapshot never follows from memory that the journal has left behind.
    private void Project()
    {
        foreach (var key in _unprojected)
            _disk.Save(key, ConversationJson.Write(Fold(key)));
        _unprojected.Clear();
    }

    // After a crash, or a write that failed, the journal alone is right.
    private void Recover() => _unprojected.UnionWith(_disk.Journal.Keys.Where(key => Snapshot(key).LastSequence < _disk.LastOf(key)));

    private Conversation Fold(ConversationKey key)
    {
        var snapshot = Snapshot(key);
        return _disk.EntriesOf(key).Where(entry => entry.Sequence > snapshot.LastSequence).Aggregate(snapshot, (state, entry) => state.Apply(entry.Read()));
    }

    private Conversation Snapshot(ConversationKey key) =>
        _disk.Snapshots.TryGetValue(key, out var bytes) ? ConversationJson.ReadConversation(bytes) : new Conversation { Key = key };

    private void Close(ConversationKey key, OutboxKinds kinds) => Each(kinds, kind => _disk.Close(new(key, kind)));

    private static void Each(OutboxKinds kinds, Action<OutboxKinds> act)
    {
        foreach (var kind in new[] { OutboxKinds.Turn, OutboxKinds.History }.Where(kind => kinds.HasFlag(kind)))
            act(kind);
    }

    private async Task ReadingAsync(CancellationToken cancellationToken)
    {
        var time = _faults.ReadTime();
        if (time > TimeSpan.Zero)
            await Task.Delay(time, _node.Time, cancellationToken);
        if (_faults.ReadFails())
            throw new IOException("The disk could not be read.");
    }
}
