using CustomerService.Conversations;
using CustomerService.Routing;

namespace CustomerService.Storage;

/// <summary>What every journal promises.</summary>
public abstract class JournalContract
{
    private protected abstract IConversationJournal Journal { get; }

    [Fact]
    public async Task What_was_appended_is_read_in_order_and_folds_to_the_same_state()
    {
        var first = A.Conversation().Says("Hello");
        var second = first.Next.Says("Anybody there? 😀");
        await AppendAsync(first);
        await AppendAsync(second);

        var entries = await Journal.ReadAsync(first.Next.Key, 0, 200, default);
        var page = await Journal.ReadAsync(first.Next.Key, 1, 1, default);
        var loaded = await Journal.LoadAsync(first.Next.Key, default);

        Assert.Equal([1, 2, 3], entries.Select(entry => entry.Sequence));
        Assert.Equal([2], page.Select(entry => entry.Sequence));
        Assert.Equal(ConversationJson.Write(second.Next), ConversationJson.Write(loaded));
    }

    [Fact]
    public async Task A_sequence_number_is_accepted_once()
    {
        var first = A.Conversation().Says("Hello");
        Assert.True(await AppendAsync(first));

        Assert.True(await AppendAsync(first.Next.Says("mine")));
        Assert.False(await AppendAsync(first.Next.Says("too late")));
        Assert.False(await AppendAsync(A.Conversation() is var other ? (other with { Key = first.Next.Key }).Says("a second start") : default));

        var loaded = await Journal.LoadAsync(first.Next.Key, default);
        Assert.Equal((3, "mine"), (loaded.LastSequence, loaded.Preview));
    }

    [Fact]
    public async Task Open_conversations_of_a_shard_are_listed_with_their_newest_row()
    {
        var open = A.Conversation().Says("Hello");
        var resolved = A.Conversation("Hello").At(A.Noon);
        await AppendAsync(open);
        await AppendAsync(open.Next.Says("newest"));
        var closed = (A.Conversation() with { Key = open.Next.Key with { Id = SameShard(open.Next.Key.Id) } }).Says("Hi");
        await AppendAsync(closed);
        Assert.Single(await Journal.ListOpenAsync(closed.Next.Queue, default), row => row.Key == closed.Next.Key);
        await AppendAsync(closed.Next.Resolve(A.Ada, A.Noon).ValueOrThrow());

        var rows = await Journal.ListOpenAsync(QueueKey.Of(open.Next.Key), default);

        Assert.Equal("newest", Assert.Single(rows).Preview);
    }

    [Fact]
    public async Task The_outbox_holds_what_was_opened_and_not_closed()
    {
        var asked = A.Conversation().Says("Hello");
        await Journal.AppendAsync(new(asked.Entries, asked.Next, OutboxKinds.Turn | OutboxKinds.History, OutboxKinds.None));
        Assert.Equal(2, (await Journal.ListOutboxAsync(default)).Count(item => item.Conversation == asked.Next.Key));

        var answered = asked.Next.CompleteTurn(A.Answer(), asked.Next.LastContactSequence, A.Noon);
        await Journal.AppendAsync(new(answered.Entries, answered.Next, OutboxKinds.None, OutboxKinds.Turn));
        Assert.Equal(OutboxKinds.History, Assert.Single(await Journal.ListOutboxAsync(default)).Kind);

        await Journal.CompleteAsync(new(asked.Next.Key, OutboxKinds.History));
        Assert.Empty(await Journal.ListOutboxAsync(default));
    }

    [Fact]
    public async Task An_unknown_conversation_is_empty()
    {
        Assert.False((await Journal.LoadAsync(A.Key(), default)).Exists);
        Assert.Empty(await Journal.ReadAsync(A.Key(), 0, 10, default));
        await Journal.CompleteAsync(new(A.Key(), OutboxKinds.Turn));
    }

    [Fact]
    public async Task Many_conversations_written_at_once_are_all_there()
    {
        var first = Enumerable.Range(0, 200).Select(_ => A.Conversation().Says("Hello")).ToList();
        await Task.WhenAll(first.Select(change => AppendAsync(change).AsTask()));
        await Task.WhenAll(first.Select(change => AppendAsync(change.Next.Says("again")).AsTask()));

        foreach (var change in first)
            Assert.Equal([1, 2, 3], (await Journal.ReadAsync(change.Next.Key, 0, 200, default)).Select(entry => entry.Sequence));
    }

    private protected ValueTask<bool> AppendAsync(Change change) => Journal.AppendAsync(new(change.Entries, change.Next, OutboxKinds.None, OutboxKinds.None));

    private static Guid SameShard(Guid id)
    {
        var bytes = Guid.NewGuid().ToByteArray(bigEndian: true);
        bytes[15] = id.ToByteArray(bigEndian: true)[15];
        return new(bytes, bigEndian: true);
    }
}

public sealed class MemoryJournalTests : JournalContract
{
    private protected override IConversationJournal Journal { get; } = new MemoryJournal();
}
