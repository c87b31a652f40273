namespace CustomerService.Conversations;

/// <summary>
/// A conversation's newest entries in their stored form: what a widget or a desk asks for when it is woken is answered without the journal.
/// At most three and 4 KB; the arrays are those that the journal was given.
/// </summary>
internal readonly struct NewestEntries
{
    public const int Max = 3;
    public const int MaxBytes = 4096;

    private readonly (long At, byte[] Event)[]? _entries;

    private NewestEntries((long At, byte[] Event)[] entries) => _entries = entries;

    /// <summary>With what was appended behind the entries so far.</summary>
    public NewestEntries With(JournalAppend append)
    {
        var all = new (long At, byte[] Event)[(_entries?.Length ?? 0) + append.Entries.Length];
        _entries?.CopyTo(all, 0);
        for (var index = 0; index < append.Entries.Length; index++)
            all[all.Length - append.Entries.Length + index] = (append.Entries[index].At.UtcTicks, append.Events[index]);

        var (first, bytes) = (all.Length, 0);
        while (first > 0 && all.Length - first < Max && (bytes += all[first - 1].Event.Length) <= MaxBytes)
            first--;
        return new(all[first..]);
    }

    /// <summary>Entries after a place; default when the journal has to be asked.</summary>
    /// <param name="after">The place.</param>
    /// <param name="limit">How many at most.</param>
    /// <param name="last">The conversation's newest entry.</param>
    public ImmutableArray<ConversationEntry> Read(long after, int limit, long last)
    {
        // Whoever has everything asks again because another activation may have written: only the journal knows.
        if (_entries is null || after >= last || after < last - _entries.Length)
            return default;

        var entries = ImmutableArray.CreateBuilder<ConversationEntry>();
        for (var sequence = after + 1; sequence <= last && entries.Count < limit; sequence++)
        {
            var (at, what) = _entries[(int)(_entries.Length - 1 - (last - sequence))];
            entries.Add(new(sequence, new(at, TimeSpan.Zero), ConversationJson.ReadEvent(what)));
        }

        return entries.ToImmutable();
    }
}
