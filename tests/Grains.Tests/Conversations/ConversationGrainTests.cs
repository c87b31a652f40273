using CustomerService.Answers;

namespace CustomerService.Conversations;

public class ConversationGrainTests(ConversationCluster cluster) : IClassFixture<ConversationCluster>
{
    private readonly IConversationGrain _conversation = cluster.Conversation(A.Key());

    [Fact]
    public async Task A_contact_is_acknowledged_and_then_answered_once()
    {
        var posted = (await _conversation.PostAsync(A.Message("Where is my order?"))).ValueOrThrow();

        var entries = await _conversation.UntilAsync(cluster.Grains, entries => entries.Said(AuthorKind.Assistant).Any());

        Assert.Equal((2, false), (posted.Sequence, posted.IsRepeat));
        Assert.Equal("You said: Where is my order?", Assert.Single(entries.Said(AuthorKind.Assistant)).Text);
        Assert.DoesNotContain(await cluster.Journal.ListOutboxAsync(default), item => item.Conversation == posted.Conversation && item.Kind == OutboxKinds.Turn);
    }

    [Fact]
    public async Task A_repeat_tells_where_the_message_was_stored()
    {
        var message = A.Message("Hello");
        var first = (await _conversation.PostAsync(message)).ValueOrThrow();
        await _conversation.PostAsync(A.Message("And more"));

        var repeat = (await _conversation.PostAsync(message)).ValueOrThrow();

        Assert.Equal(first with { IsRepeat = true }, repeat);
    }

    [Fact]
    public async Task A_newer_message_makes_the_running_turn_stale_and_both_are_answered_together()
    {
        await _conversation.PostAsync(A.Message("wait"));
        await _conversation.PostAsync(A.Message("it is about my order"));

        var entries = await _conversation.UntilAsync(cluster.Grains, entries => entries.Said(AuthorKind.Assistant).Any());

        Assert.Equal("You said: wait\nit is about my order", Assert.Single(entries.Said(AuthorKind.Assistant)).Text);
    }

    [Fact]
    public async Task A_turn_without_an_answer_by_the_deadline_goes_to_people_and_the_rung_is_recorded()
    {
        await _conversation.PostAsync(A.Message("never"));

        var entries = await _conversation.UntilAsync(cluster.Grains, entries => entries.Any(entry => entry.Event is BatonPassed));

        Assert.Equal(AnswerRung.Human, Assert.Single(entries.Said(AuthorKind.Assistant)).Answer!.Rung);
        Assert.Equal("The answer was not ready within 0.5 s.", (await _conversation.GetAsync()).ValueOrThrow().Summary!.Reason);
    }

    [Fact]
    public async Task What_nothing_supports_goes_to_people_with_a_summary()
    {
        await _conversation.PostAsync(A.Message("?!"));

        await _conversation.UntilAsync(cluster.Grains, entries => entries.Any(entry => entry.Event is BatonPassed));

        var view = (await _conversation.GetAsync()).ValueOrThrow();
        Assert.Equal((BatonHolder.Queue, "?!"), (view.Row.Baton.Holder, Assert.Single(view.Summary!.Asked)));
    }

    [Fact]
    public async Task A_slow_turn_does_not_hold_up_the_desk()
    {
        await _conversation.PostAsync(A.Message("never"));

        var taken = await _conversation.TakeAsync(A.Ada);
        var reply = await _conversation.ReplyAsync(A.Ada, "I am here.", "r1");

        Assert.Equal("ada", taken.ValueOrThrow().Agent);
        var entries = (await _conversation.ReadAsync(0, 200)).Entries;
        Assert.Equal("I am here.", Assert.Single(entries.Said(AuthorKind.Agent)).Text);
        Assert.Equal(reply.ValueOrThrow() with { IsRepeat = true }, (await _conversation.ReplyAsync(A.Ada, "I am here.", "r1")).ValueOrThrow());
    }

    [Fact]
    public async Task A_message_handed_back_unanswered_is_answered_by_the_assistant()
    {
        await _conversation.PostAsync(A.Message("wait"));
        await _conversation.TakeAsync(A.Ada);
        await _conversation.PostAsync(A.Message("now please"));

        await _conversation.HandBackAsync(A.Ada);

        var entries = await _conversation.UntilAsync(cluster.Grains, entries => entries.Said(AuthorKind.Assistant).Any());
        Assert.Equal("You said: wait\nnow please", Assert.Single(entries.Said(AuthorKind.Assistant)).Text);
    }

    [Fact]
    public async Task Another_writer_of_the_journal_costs_a_second_look_and_loses_nothing()
    {
        var key = A.Key();
        var conversation = cluster.Conversation(key);
        await conversation.PostAsync(A.Message("mine"));
        await conversation.TakeAsync(A.Ada);
        var elsewhere = (await cluster.Journal.LoadAsync(key, default)).AddNote(A.Ben, "written elsewhere", A.Noon).ValueOrThrow();
        Assert.True(await cluster.Journal.AppendAsync(new(elsewhere.Entries, elsewhere.Next, OutboxKinds.None, OutboxKinds.None)));

        var posted = (await conversation.PostAsync(A.Message("mine again"))).ValueOrThrow();

        var entries = (await conversation.ReadAsync(0, 200)).Entries;
        Assert.Equal(Enumerable.Range(1, entries.Length).Select(number => (long)number), entries.Select(entry => entry.Sequence));
        Assert.Equal(elsewhere.Next.LastSequence + 1, posted.Sequence);
        Assert.Single(entries, entry => entry.Event is NoteAdded);
    }

    [Fact]
    public async Task What_a_crash_interrupted_is_taken_up_again_once()
    {
        var asked = A.Conversation().Says("Where is my order?");
        await cluster.Journal.AppendAsync(new(asked.Entries, asked.Next, OutboxKinds.Turn | OutboxKinds.History, OutboxKinds.None));

        await cluster.Outbox.ResumeAsync(default);
        await cluster.Outbox.ResumeAsync(default);

        var entries = await cluster.Conversation(asked.Next.Key).UntilAsync(cluster.Grains, entries => entries.Said(AuthorKind.Assistant).Any());
        Assert.Single(entries.Said(AuthorKind.Assistant));
        var contact = cluster.Grains.GetGrain<Contacts.IContactGrain>(A.Origin().Contact.ToString());
        Assert.Single((await contact.GetAsync()).ValueOrThrow().Conversations, past => past.Key == asked.Next.Key);
        Assert.DoesNotContain(await cluster.Journal.ListOutboxAsync(default), item => item.Conversation == asked.Next.Key);
    }

    [Fact]
    public async Task Nothing_but_a_message_starts_a_conversation()
    {
        Assert.Equal("conversation.not_found", (await _conversation.GetAsync()).Refusal?.Code);
        Assert.Equal("conversation.not_found", (await _conversation.TakeAsync(A.Ada)).Refusal?.Code);
        Assert.Equal("conversation.not_found", (await _conversation.RequestPersonAsync()).Refusal?.Code);
        Assert.Equal("conversation.not_found", (await _conversation.MarkReadAsync(AuthorKind.Agent, 1)).Refusal?.Code);
        Assert.Equal("message.empty", (await _conversation.PostAsync(A.Message(" "))).Refusal?.Code);
        Assert.Empty((await _conversation.ReadAsync(0, 200)).Entries);
    }
}
