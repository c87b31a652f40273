using System.Runtime.InteropServices;
using CustomerService.Conversations;

namespace CustomerService.Routing;

/// <summary>The rows of a shard, numbered by change, so that a consumer can ask for what is new since it last looked.</summary>
/// <param name="firstVersion">Where numbering starts: above that of every earlier activation, so that an older position gets a full list.</param>
/// <param name="maxChanges">How many changes are remembered.</param>
internal sealed class Queue(long firstVersion, int maxChanges)
{
    private readonly Dictionary<ConversationKey, (ConversationRow Row, long Version)> _rows = [];
    private readonly Queue<(long Version, ConversationKey Key)> _changes = new();
    private long _forgotten = firstVersion;

    public long Version { get; private set; } = firstVersion;

    /// <summary>Takes a newer row over.</summary>
    /// <returns>False when the one held is as new.</returns>
    public bool Report(ConversationRow row)
    {
        ref var held = ref CollectionsMarshal.GetValueRefOrAddDefault(_rows, row.Key, out var isKnown);
        if (isKnown && held.Row.LastSequence >= row.LastSequence)
            return false;

        held = (row, ++Version);
        _changes.Enqueue((Version, row.Key));
        while (_changes.Count > maxChanges)
            Forget();
        return true;
    }

    public QueueChanges ChangesAfter(long version)
    {
        if (version < _forgotten || version > Version)
            return new(Version, IsSnapshot: true, [.. _rows.Values.Select(held => held.Row).Where(row => row.Status != ConversationStatus.Resolved)], []);

        var changed = _changes.Where(change => change.Version > version && _rows[change.Key].Version == change.Version).Select(change => _rows[change.Key].Row).ToLookup(row => row.Status == ConversationStatus.Resolved);
        return new(Version, IsSnapshot: false, [.. changed[false]], [.. changed[true].Select(row => row.Key)]);
    }

    // A resolved row stays while its change is remembered, so that a late older row cannot bring it back.
    private void Forget()
    {
        var (version, key) = _changes.Dequeue();
        _forgotten = version;
        if (_rows[key] is var held && held.Version == version && held.Row.Status == ConversationStatus.Resolved)
            _rows.Remove(key);
    }
}
