using CustomerService.Answers;
using CustomerService.Nlu;

namespace CustomerService.Conversations;

public class ConversationTests
{
    private static readonly DateTimeOffset Noon = A.Noon;

    [Fact]
    public void The_first_message_starts_the_conversation()
    {
        var change = A.Conversation().Says("Hello");

        Assert.Collection(
            change.Entries,
            entry => Assert.Equal((1L, A.Origin()), (entry.Sequence, Assert.IsType<ConversationStarted>(entry.Event).Origin)),
            entry => Assert.Equal((2L, "Hello"), (entry.Sequence, Assert.IsType<MessagePosted>(entry.Event).Message.Text)));
        Assert.Equal((BatonHolder.Assistant, ConversationStatus.Open, Noon), (change.Next.Baton.Holder, change.Next.Status, change.Next.WaitingSince));
    }

    [Theory]
    [InlineData("  \n\t ", "message.empty")]
    [InlineData("\u0007\u200e\u0000", null)]
    [InlineData("\u0007\u0000", "message.empty")]
    public void A_message_without_text_is_refused(string text, string? code) => Assert.Equal(code, Refusal(A.Message(text))?.Code);

    [Fact]
    public void A_message_has_at_most_10_000_characters_after_trimming()
    {
        Assert.Null(Refusal(A.Message(new string('x', 10_000) + "  ")));
        Assert.Equal("message.too_long", Refusal(A.Message(new string('x', 10_001)))?.Code);
    }

    [Fact]
    public void A_message_needs_an_id_of_1_to_128_characters()
    {
        Assert.Null(Refusal(A.Message(id: new string('x', 128))));
        Assert.Equal("message.dedup_id", Refusal(A.Message(id: ""))?.Code);
        Assert.Equal("message.dedup_id", Refusal(A.Message(id: new string('x', 129)))?.Code);
        Assert.False(A.Conversation("Hi").Knows(AuthorKind.Contact, new string('x', 100_000)));
    }

    [Theory]
    [InlineData("a\u0000b\u001bc\u007fd", "abcd")]
    [InlineData("a\r\nb\tc\rd", "a\nb\tc\nd")]
    [InlineData("whole 😀 e\u0301", "whole 😀 e\u0301")]
    [InlineData("<b onclick=\"x\">&amp;</b>", "<b onclick=\"x\">&amp;</b>")]
    public void Control_characters_are_dropped_and_the_rest_is_kept_as_it_is(string text, string kept) =>
        Assert.Equal(kept, ((MessagePosted)A.Conversation().Says(text).Entries[^1].Event).Message.Text);

    [Fact]
    public void Half_a_surrogate_pair_is_dropped_because_it_cannot_be_stored() =>
        Assert.Equal("half  pair", ((MessagePosted)A.Conversation().Says("half " + (char)0xD83D + " pair").Entries[^1].Event).Message.Text);

    [Fact]
    public void The_last_500_ids_are_known_for_each_author_apart()
    {
        var conversation = A.Conversation();
        foreach (var number in Enumerable.Range(0, 501))
            conversation = conversation.Post(A.Message(id: $"m{number}"), null, Noon, A.ReopenWindow).ValueOrThrow().Next;

        Assert.False(conversation.Knows(AuthorKind.Contact, "m0"));
        Assert.True(conversation.Knows(AuthorKind.Contact, "m1"));
        Assert.True(conversation.Knows(AuthorKind.Contact, "m500"));
        Assert.False(conversation.Knows(AuthorKind.Assistant, "m500"));
    }

    [Theory, InlineData(72, true), InlineData(73, false)]
    public void A_message_reopens_a_resolved_conversation_only_within_the_window(int hoursLater, bool reopens)
    {
        var resolved = A.Conversation("Hi").Then(c => c.Resolve(A.Ada, Noon));

        var result = resolved.Post(A.Message("Still broken"), null, Noon.AddHours(hoursLater), TimeSpan.FromHours(72));

        Assert.Equal(reopens ? null : "conversation.closed", result.Refusal?.Code);
        if (reopens)
            Assert.Equal(ConversationStatus.Open, result.Value.Next.Status);
    }

    [Fact]
    public void An_answer_ends_the_turn_and_the_conversation_waits_for_the_contact()
    {
        var asked = A.Conversation("Where is my order?");

        var answered = asked.CompleteTurn(A.Answer(), asked.LastContactSequence, Noon).Next;

        Assert.True(asked.OwesAnswer);
        Assert.False(answered.OwesAnswer);
        Assert.Equal((ConversationStatus.Pending, null, "It is on its way."), (answered.Status, answered.WaitingSince, answered.Preview));
    }

    [Fact]
    public void An_answer_to_an_older_message_is_stale_and_changes_nothing()
    {
        var asked = A.Conversation("Where is my order?");
        var askedMore = asked.Says("Number 4711").Next;

        Assert.Empty(askedMore.CompleteTurn(A.Answer(), asked.LastContactSequence, Noon).Entries);
        Assert.NotEmpty(askedMore.CompleteTurn(A.Answer(), askedMore.LastContactSequence, Noon).Entries);
    }

    [Fact]
    public void A_turn_is_answered_once()
    {
        var asked = A.Conversation("Where is my order?");
        var answered = asked.CompleteTurn(A.Answer(), asked.LastContactSequence, Noon).Next;

        Assert.Empty(answered.CompleteTurn(A.Answer(), asked.LastContactSequence, Noon).Entries);
    }

    [Fact]
    public void Without_a_supported_answer_the_contact_is_told_and_people_get_a_summary()
    {
        var asked = A.Conversation().Says("Wo ist mein Paket?", A.Analysis(language: "de")).Next;

        var change = asked.CompleteTurn(A.Answer(rung: AnswerRung.Human, handoff: "Nothing fits."), asked.LastContactSequence, Noon);

        var said = change.Entries.Select(entry => entry.Event).OfType<MessagePosted>().Single().Message;
        var passed = change.Entries.Select(entry => entry.Event).OfType<BatonPassed>().Single();
        Assert.Equal((HandoffTexts.All["de"], AnswerRung.Human), (said.Text, said.Answer!.Rung));
        Assert.Equal((BatonHolder.Queue, "Nothing fits.", "de"), (passed.To.Holder, passed.Summary!.Reason, passed.Summary.Language));
        Assert.Equal("Wo ist mein Paket?", Assert.Single(passed.Summary.Asked));
        Assert.Equal((Noon, AlertKind.Unanswered), (change.Next.WaitingSince, change.Next.Alert!.Kind));
    }

    [Fact]
    public void The_summary_quotes_the_newest_three_messages_cut_at_200_characters()
    {
        var asked = A.Conversation("one", "two", "three", new string('x', 300));

        var summary = asked.Then(c => c.RequestPerson(Noon, A.ReopenWindow)).Then(c => c.Take(A.Ada, Noon)).Then(c => c.HandBack(A.Ada, Noon));
        var passed = asked.RequestPerson(Noon, A.ReopenWindow).Value.Entries.Select(entry => entry.Event).OfType<BatonPassed>().Single();

        Assert.Equal(["two", "three", new string('x', 200)], passed.Summary!.Asked);
        Assert.True(summary.OwesAnswer);
    }

    [Fact]
    public void A_contact_who_asks_for_a_person_is_handed_over_once()
    {
        var asked = A.Conversation().Says("Let me talk to a human", A.Analysis("contact_human_agent", 0.95));

        Assert.Equal(BatonHolder.Queue, asked.Next.Baton.Holder);
        Assert.Equal(AlertKind.PersonRequested, asked.Next.Alert!.Kind);
        Assert.Empty(asked.Next.RequestPerson(Noon, A.ReopenWindow).Value.Entries);
        Assert.Single(asked.Next.Says("Now!", A.Analysis("track_order")).Entries);
    }

    [Fact]
    public void A_handoff_text_exists_in_every_language() => Assert.Equal(Languages.All, HandoffTexts.All.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public void A_side_cannot_read_what_is_not_there_and_never_unreads()
    {
        var conversation = A.Conversation("Hi").Then(c => c.MarkRead(AuthorKind.Contact, 99, Noon));

        Assert.Equal(2, conversation.ReadByContact);
        Assert.Empty(conversation.MarkRead(AuthorKind.Contact, 1, Noon).Value.Entries);
        Assert.Equal("read.reader", conversation.MarkRead(AuthorKind.System, 1, Noon).Refusal?.Code);
    }

    [Fact]
    public void Entities_are_kept_once_newest_last()
    {
        Entity Order(string id) => new(EntityKind.OrderId, 0, id.Length, id, id, 1);

        var conversation = A.Conversation().Says("1 and 2", A.Analysis(entities: [Order("Q-1"), Order("Q-2")])).Next.Says("1 again", A.Analysis(entities: [Order("Q-1")])).Next;

        Assert.Equal(["Q-2", "Q-1"], conversation.Entities.Select(entity => entity.Value));
    }

    [Fact]
    public void Own_entities_of_different_names_are_kept_beside_each_other_though_their_values_are_the_same()
    {
        Entity Own(string name) => new(EntityKind.Own, 0, 4, "4711", "4711", 1, name);

        var conversation = A.Conversation().Says("policy 4711", A.Analysis(entities: [Own("policy")])).Next.Says("meter 4711", A.Analysis(entities: [Own("meter")])).Next;

        Assert.Equal(["policy", "meter"], conversation.Entities.Select(entity => entity.Name));
    }

    private static Refusal? Refusal(ContactMessage message) => A.Conversation().Post(message, null, Noon, A.ReopenWindow).Refusal;
}
