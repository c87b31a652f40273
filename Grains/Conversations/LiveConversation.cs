using CustomerService.Routing;

namespace CustomerService.Conversations;

/// <summary>
/// What a conversation's grain holds while nobody speaks: the row that its list holds too, the ids of its messages, and one array with the newest entries
/// and all the rest, written over in place. A state that is replaced for every message would lie among a million others until a full collection
/// finds it. While somebody speaks the state is unpacked; it is as immutable as ever. The lock is for the journal, which reads a state a moment after it was stored.
/// </summary>
internal sealed partial class LiveConversation : JournalPlace
{
    public const int MaxEntries = 3;
    public const int MaxEntryBytes = 4096;

    // Less of a change than this is not worth a smaller array.
    private const int Spare = 64;

    private Conversation? _state;
    private ConversationRow? _row;
    private RecentIds _recent;
    private byte[] _packed;
    private short _entries;
    private short _entriesEnd;

    /// <summary>A conversation as the journal has it, without entries.</summary>
    public LiveConversation(Conversation state)
    {
        (_recent, _packed) = (state.Recent, []);
        Keep(state, append: null);
    }

    /// <summary>The state; unpacked until <see cref="Rest"/>.</summary>
    public Conversation State => _state ??= Unpack();

    /// <summary>The row of the list; there is one as soon as the conversation exists.</summary>
    public ConversationRow Row => _row!;

    public override QueueKey? Queue
    {
        get
        {
            lock (this)
                return QueueKey.Of(Key);
        }
    }

    public ConversationKey Key => _row?.Key ?? _state!.Key;

    public long LastSequence => _row?.LastSequence ?? 0;

    /// <summary>The array, for tests: equal spans are one and the same.</summary>
    public ReadOnlySpan<byte> Packed => _packed;

    /// <summary>Takes over what was appended.</summary>
    public void Follow(JournalAppend append)
    {
        lock (this)
            Keep(append.Next, append);
    }

    /// <summary>Lets go of the unpacked state; whoever still works with it may keep it.</summary>
    public void Rest()
    {
        if (_row is not null)
            _state = null;
    }

    public override Conversation? StateFrom(long sequence)
    {
        lock (this)
            return LastSequence >= sequence ? _state ?? Unpack() : null;
    }

    /// <summary>Entries after a place; default when the journal has to be asked.</summary>
    /// <param name="after">The place.</param>
    /// <param name="limit">How many at most.</param>
    public ImmutableArray<ConversationEntry> Read(long after, int limit)
    {
        // Whoever has everything asks again because another activation may have written: only the journal knows.
        var last = LastSequence;
        if (after >= last || after < last - _entries)
            return default;

        var found = ImmutableArray.CreateBuilder<ConversationEntry>();
        var reader = new PackReader(_packed, 0);
        for (var sequence = last - _entries + 1; sequence <= last && found.Count < limit; sequence++)
        {
            var at = reader.Fixed();
            var what = reader.Text();
            if (sequence > after)
                found.Add(new(sequence, new(at, TimeSpan.Zero), ConversationJson.ReadEvent(what)));
        }

        return found.ToImmutable();
    }

    private void Keep(Conversation state, JournalAppend? append)
    {
        (_state, _recent) = (state, state.Recent);
        if (!state.Exists)
            return;

        _row = state.ToRow();
        var writer = PackWriter.Start();
        WriteEntries(writer, append);
        WriteRest(writer, state);
        // Written over in place, unless the array is too small or much too large.
        var needed = writer.Written.Length;
        if (_packed.Length < needed || _packed.Length > (2 * needed) + Spare)
            _packed = new byte[(needed + (needed / 8) + 7) & -8];
        writer.Written.CopyTo(_packed);
    }

    // Those that were there, then those that came; as many as are too many go from the front.
    private void WriteEntries(PackWriter writer, JournalAppend? append)
    {
        var added = append?.Events ?? [];
        var (kept, old) = (0, append is null ? (short)0 : _entries);
        var (count, bytes) = (old + added.Length, old > 0 ? _entriesEnd : 0);
        foreach (var what in added)
            bytes += what.Length;
        var reader = new PackReader(_packed, 0);
        for (var left = old; left > 0; left--)
            Write(reader.Fixed(), reader.Text());
        for (var index = 0; index < added.Length; index++)
            Write(append!.Entries[index].At.UtcTicks, added[index]);
        (_entries, _entriesEnd) = ((short)kept, (short)writer.Written.Length);

        void Write(long at, ReadOnlySpan<byte> what)
        {
            if (count <= MaxEntries && bytes <= MaxEntryBytes)
            {
                writer.Fixed(at);
                writer.Text(what);
                kept++;
            }

            (count, bytes) = (count - 1, bytes - what.Length);
        }
    }
}
