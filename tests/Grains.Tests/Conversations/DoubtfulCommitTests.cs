using CustomerService.Routing;

namespace CustomerService.Conversations;

/// <summary>Defects that the simulation found: a commit that was stored and not confirmed.</summary>
public sealed class DoubtfulCommitTests : IAsyncLifetime
{
    private readonly DoubtfulJournal _journal = new();
    private readonly ConversationKey _key = A.Key();
    private ConversationCluster _cluster = null!;

    private IConversationGrain Conversation => _cluster.Conversation(_key);

    public async ValueTask InitializeAsync() => _cluster = await ConversationCluster.StartAsync(_journal, ("Conversations:BurstPause", "00:00:00"), ("Routing:WakeInterval", "00:00:00.001"));

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_reply_that_storage_tried_again_is_stored_once()
    {
        await Conversation.PostAsync(A.Message("never"));
        await Conversation.TakeAsync(A.Ada);

        _journal.Next = Doubt.TriedAgain;
        var posted = (await Conversation.ReplyAsync(A.Ada, "It is on its way.", "r1")).ValueOrThrow();

        Assert.Equal(posted.Sequence, Assert.Single(await EntriesAsync(), entry => entry.Event is MessagePosted { Message.DedupId: "r1" }).Sequence);
    }

    [Fact]
    public async Task A_note_that_storage_tried_again_is_stored_once()
    {
        await Conversation.PostAsync(A.Message("never"));

        _journal.Next = Doubt.TriedAgain;
        await Conversation.AddNoteAsync(A.Ada, "Called back.");

        Assert.Single(await EntriesAsync(), entry => entry.Event is NoteAdded);
    }

    [Theory, InlineData(Doubt.TriedAgain), InlineData(Doubt.ReportedAsFailed)]
    public async Task A_message_whose_commit_was_in_doubt_is_answered(Doubt doubt)
    {
        _journal.Next = doubt;
        await PostAsync("Where is my order?");

        var entries = await _journal.UntilAsync(_key, entries => entries.Said(AuthorKind.Assistant).Any());
        Assert.Single(entries.Said(AuthorKind.Contact));
    }

    [Theory, InlineData(Doubt.TriedAgain), InlineData(Doubt.ReportedAsFailed)]
    public async Task A_message_whose_commit_was_in_doubt_stands_in_the_list(Doubt doubt)
    {
        var queue = _cluster.Grains.GetGrain<IQueueGrain>(QueueKey.Of(_key).ToString());
        var woken = new Woken();
        await queue.WatchAsync(_cluster.Grains.CreateObjectReference<IQueueObserver>(woken));

        _journal.Next = doubt;
        await PostAsync("never");

        await woken.Once.WaitAsync(TimeSpan.FromSeconds(20));
        Assert.Equal(_key, Assert.Single((await queue.GetChangesAsync(0)).Rows).Key);
        GC.KeepAlive(woken);
    }

    [Fact]
    public async Task What_another_activation_wrote_is_read_by_whoever_has_everything()
    {
        var posted = (await Conversation.PostAsync(A.Message("never"))).ValueOrThrow();
        var elsewhere = (await _journal.LoadAsync(_key, default)).AddNote(A.Ada, "Written elsewhere.", A.Noon).ValueOrThrow();
        await _journal.AppendAsync(new(elsewhere.Entries, elsewhere.Next, OutboxKinds.None, OutboxKinds.None));

        var page = await Conversation.ReadAsync(posted.Sequence, 10);

        Assert.IsType<NoteAdded>(Assert.Single(page.Entries).Event);
    }

    private async Task PostAsync(string text)
    {
        try
        {
            await Conversation.PostAsync(A.Message(text));
        }
        catch (IOException)
        {
            // What a Gateway is told; the contact has not tried again yet.
        }
    }

    private async Task<ImmutableArray<ConversationEntry>> EntriesAsync() => await _journal.ReadAsync(_key, 0, int.MaxValue, default);

    private sealed class Woken : IQueueObserver
    {
        private readonly TaskCompletionSource _once = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task Once => _once.Task;

        public Task ChangedAsync(QueueKey queue, long version)
        {
            _once.TrySetResult();
            return Task.CompletedTask;
        }
    }
}
