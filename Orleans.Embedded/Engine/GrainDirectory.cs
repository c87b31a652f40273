using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>What a directory can hold. The entry is its own list node, so a million of them cost no nodes and growing makes no garbage.</summary>
internal interface IDirectoryEntry : IMessageTarget
{
    IdSpan Key { get; }

    /// <summary>Touched by the directory alone.</summary>
    ref DirectoryLink Link { get; }
}

internal struct DirectoryLink
{
    public int Hash;
    public IDirectoryEntry? Next;
}

/// <summary>
/// The activations or pools of one grain class by key. Looking up takes no lock; adding and removing take the lock of one part,
/// and only that part grows, so that nobody waits for a million entries to move.
/// </summary>
internal sealed class GrainDirectory(Func<IdSpan, IDirectoryEntry> create)
{
    private const int Parts = 32;

    private readonly Part?[] _parts = new Part?[Parts];

    /// <summary>Everything in the directory, part by part: what comes or goes meanwhile may be in it or not.</summary>
    public IEnumerable<IDirectoryEntry> Entries => _parts.Where(part => part is not null).SelectMany(part => part!.ToArray());

    public IDirectoryEntry FindOrCreate(IdSpan key)
    {
        var hash = key.GetHashCode();
        var part = PartOf(hash);
        return part.Find(key, hash) ?? part.FindOrAdd(key, hash, create)!;
    }

    public IDirectoryEntry? Find(IdSpan key)
    {
        var hash = key.GetHashCode();
        var part = PartOf(hash);
        return part.Find(key, hash) ?? part.FindOrAdd(key, hash, create: null);
    }

    /// <summary>Takes an entry out, or puts its successor in its place in one step; nothing if the entry is not there any more.</summary>
    public void Replace(IDirectoryEntry old, IDirectoryEntry? successor) => PartOf(old.Link.Hash).Replace(old, successor);

    private Part PartOf(int hash)
    {
        ref var part = ref _parts[(uint)hash % Parts];
        return Volatile.Read(ref part) ?? Interlocked.CompareExchange(ref part, new(), null) ?? part;
    }

    private sealed class Part
    {
        private readonly Lock _lock = new();
        private IDirectoryEntry?[] _buckets = new IDirectoryEntry?[4];
        private int _count;

        /// <summary>The entry, or null when it is not there or just being moved: then a look under the lock decides.</summary>
        public IDirectoryEntry? Find(IdSpan key, int hash)
        {
            var entry = Volatile.Read(ref Bucket(Volatile.Read(ref _buckets), hash));
            while (entry is not null && (entry.Link.Hash != hash || entry.Key != key))
                entry = Volatile.Read(ref entry.Link.Next);
            return entry;
        }

        public IDirectoryEntry? FindOrAdd(IdSpan key, int hash, Func<IdSpan, IDirectoryEntry>? create)
        {
            lock (_lock)
            {
                if (Find(key, hash) is { } known)
                    return known;
                if (create is null)
                    return null;

                if (_count++ == _buckets.Length)
                    Grow();
                var entry = create(key);
                entry.Link.Hash = hash;
                Add(_buckets, entry, hash);
                return entry;
            }
        }

        public void Replace(IDirectoryEntry old, IDirectoryEntry? successor)
        {
            lock (_lock)
            {
                var hash = old.Link.Hash;
                ref var place = ref Bucket(_buckets, hash);
                while (place is not null && place != old)
                    place = ref place.Link.Next;
                if (place is null)
                    return;

                if (successor is null)
                    _count--;
                else
                    successor.Link = old.Link;
                // The old entry keeps its link: a reader who stands on it goes on from there.
                Volatile.Write(ref place, successor ?? old.Link.Next);
            }
        }

        public IDirectoryEntry[] ToArray()
        {
            lock (_lock)
            {
                var entries = new IDirectoryEntry[_count];
                var count = 0;
                foreach (var first in _buckets)
                {
                    for (var entry = first; entry is not null; entry = entry.Link.Next)
                        entries[count++] = entry;
                }

                return entries;
            }
        }

        private static ref IDirectoryEntry? Bucket(IDirectoryEntry?[] buckets, int hash) => ref buckets[((uint)hash / Parts) & (uint)(buckets.Length - 1)];

        private static void Add(IDirectoryEntry?[] buckets, IDirectoryEntry entry, int hash)
        {
            ref var bucket = ref Bucket(buckets, hash);
            entry.Link.Next = bucket;
            Volatile.Write(ref bucket, entry);
        }

        private void Grow()
        {
            var buckets = new IDirectoryEntry?[_buckets.Length * 2];
            foreach (var first in _buckets)
            {
                for (var entry = first; entry is not null;)
                {
                    var next = entry.Link.Next;
                    Add(buckets, entry, entry.Link.Hash);
                    entry = next;
                }
            }

            Volatile.Write(ref _buckets, buckets);
        }
    }
}
