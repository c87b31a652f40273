namespace CustomerService.Conversations;

public sealed class TimelineTests
{
    [Fact]
    public void A_day_begins_with_its_name_and_read_notices_are_not_shown()
    {
        var items = Build([A.Said(1, AuthorKind.Contact, "Hi"), A.Entry(2, new MessagesRead(AuthorKind.Contact, 1)), A.Said(3, AuthorKind.Contact, "Still there?", minute: 24 * 60)]);

        Assert.Equal(["Yesterday", "m-1", "Today", "m-3"], items.Select(i => i is DayItem day ? day.Name : i.Id));
    }

    // The clock of a server may be set back, and two elements with one id end the page.
    [Fact]
    public void A_day_that_comes_twice_has_two_ids()
    {
        var items = Build([A.Said(1, AuthorKind.Contact, "Hi", minute: 24 * 60), A.Said(2, AuthorKind.Contact, "Hello?"), A.Said(3, AuthorKind.Contact, "Well", minute: 24 * 60)]);

        Assert.Equal(["Today", "Yesterday", "Today"], items.OfType<DayItem>().Select(i => i.Name));
        Assert.Equal(items.Length, items.DistinctBy(i => i.Id).Count());
    }

    [Fact]
    public void The_name_is_not_repeated_when_the_same_author_goes_on()
    {
        var items = Build([A.Said(1, AuthorKind.Contact, "Hi"), A.Said(2, AuthorKind.Contact, "Hello?", minute: 1), A.Said(3, AuthorKind.Contact, "Well", minute: 30)]);

        Assert.Equal([false, true, false], items.OfType<MessageItem>().Select(i => i.IsFollowUp));
    }

    [Fact]
    public void Only_our_newest_message_that_the_contact_saw_is_marked_as_read()
    {
        var items = Timeline.Build(
            [A.Said(1, AuthorKind.Assistant, "One"), A.Said(2, AuthorKind.Agent, "Two"), A.Said(3, AuthorKind.Contact, "Yes"), A.Said(4, AuthorKind.Agent, "Three")], [], readByContact: 3, A.Noon);

        Assert.Equal([2], items.OfType<MessageItem>().Where(i => i.IsLastRead).Select(i => i.Sequence));
    }

    [Fact]
    public void Handing_over_and_resolving_are_told_in_words()
    {
        var mara = new Author(AuthorKind.Agent, "mara", "Mara");
        var items = Build(
        [
            A.Entry(1, new BatonPassed(new(BatonHolder.Assistant), new(BatonHolder.Queue), Author.System, "The contact asks for a person.", null)),
            A.Entry(2, new BatonPassed(new(BatonHolder.Queue), new(BatonHolder.Agent, "mara", "Mara"), mara, "", null)),
            A.Entry(3, new BatonPassed(new(BatonHolder.Agent, "mara", "Mara"), new(BatonHolder.Assistant), mara, "", null)),
            A.Entry(4, new StatusChanged(ConversationStatus.Open, ConversationStatus.Resolved, mara)),
            A.Entry(5, new StatusChanged(ConversationStatus.Resolved, ConversationStatus.Open, new(AuthorKind.Contact))),
        ]);

        Assert.Equal(
            [
                "Handed to people. The contact asks for a person.", "Mara took over from the queue", "Mara handed back to the assistant",
                "Mara resolved the conversation", "The contact reopened the conversation",
            ],
            items.OfType<SystemItem>().Select(i => i.Text));
    }

    [Fact]
    public void What_is_being_sent_stands_at_the_end()
    {
        var items = Timeline.Build([A.Said(1, AuthorKind.Contact, "Hi")], [new("x", "Hello", IsNote: false)], 0, A.Noon);

        Assert.Equal("p-x", items[^1].Id);
    }

    private static ImmutableArray<TimelineItem> Build(ConversationEntry[] entries) => Timeline.Build(entries, [], 0, A.Noon.AddDays(1).AddHours(1));
}
