using CustomerService.Routing;

namespace CustomerService.Conversations;

/// <summary>Where conversations are kept: the only truth about them (docs/decisions/0002).</summary>
internal interface IConversationJournal
{
    /// <summary>Stores entries and changes the outbox, all or nothing; returns after they are durable.</summary>
    /// <returns>False when an entry with the first sequence number is there already: another activation wrote it, read again.</returns>
    ValueTask<bool> AppendAsync(JournalAppend append);

    /// <summary>The newest stored state of a conversation, folded from its journal; an empty one when there is none.</summary>
    ValueTask<Conversation> LoadAsync(ConversationKey key, CancellationToken cancellationToken);

    /// <summary>Entries after a place, in order.</summary>
    ValueTask<ImmutableArray<ConversationEntry>> ReadAsync(ConversationKey key, long after, int limit, CancellationToken cancellationToken);

    /// <summary>The rows of a shard that are not resolved.</summary>
    ValueTask<ImmutableArray<ConversationRow>> ListOpenAsync(QueueKey queue, CancellationToken cancellationToken);

    /// <summary>What was promised and not confirmed, oldest first: to be taken up again after a crash.</summary>
    ValueTask<ImmutableArray<OutboxItem>> ListOutboxAsync(CancellationToken cancellationToken);

    /// <summary>Confirms an item that needs no entry of its own.</summary>
    ValueTask CompleteAsync(OutboxItem item);
}

/// <summary>One command's entries, and the state they lead to.</summary>
/// <param name="Entries">In order; the first follows the newest one stored.</param>
/// <param name="Next">The state after them, from which rows and snapshots are made.</param>
/// <param name="Opens">Work that begins with these entries.</param>
/// <param name="Closes">Work that ends with them.</param>
internal sealed record JournalAppend(ImmutableArray<ConversationEntry> Entries, Conversation Next, OutboxKinds Opens, OutboxKinds Closes)
{
    /// <summary>The entries' stored form, one each: written out once, for the journal and for <see cref="LiveConversation"/>.</summary>
    public ImmutableArray<byte[]> Events => field.IsDefault ? field = [.. Entries.Select(entry => ConversationJson.Write(entry.Event))] : field;

    /// <summary>Where the journal may note how it finds the conversation, and read its state later.</summary>
    public JournalPlace Place { get; init; } = new();
}

/// <summary>What a journal and a live conversation know of each other.</summary>
internal class JournalPlace
{
    /// <summary>The journal's own name for the conversation; 0 until the journal has set it.</summary>
    public long Number { get; set; }

    /// <summary>The list it is in; null when that is not known.</summary>
    public virtual QueueKey? Queue => null;

    /// <summary>The newest stored state, so that a journal need not hold one of its own. Called from any thread.</summary>
    /// <returns>Null when it is not known, or is older than the entry.</returns>
    /// <param name="sequence">An entry that the state must show.</param>
    public virtual Conversation? StateFrom(long sequence) => null;
}

/// <summary>Something still to be done for a conversation.</summary>
internal readonly record struct OutboxItem(ConversationKey Conversation, OutboxKinds Kind);

/// <summary>Kinds of work that outlives a crash.</summary>
[Flags]
internal enum OutboxKinds
{
    None = 0,

    /// <summary>The assistant owes an answer.</summary>
    Turn = 1,

    /// <summary>The contact's history does not name the conversation yet.</summary>
    History = 2,
}
