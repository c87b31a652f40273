using System.Text;

namespace CustomerService.Conversations;

/// <summary>What a grain keeps of its conversation between two calls.</summary>
public class LiveConversationTests
{
    private const string Question = "My parcel was to arrive on Tuesday and it is still not here, the page says that it left the depot two days ago";

    [Theory, MemberData(nameof(ReplayTests.Seeds), MemberType = typeof(ReplayTests))]
    public void A_state_that_was_at_rest_is_the_same_byte_for_byte(int seed)
    {
        var random = new Random(seed);
        var (state, live) = (A.Conversation(), new LiveConversation(A.Conversation()));
        for (var step = 0; step < 300; step++)
        {
            if (ReplayTests.Command(random, state, A.Noon.AddMinutes(step)) is not { Refusal: null, Value: { Entries.IsEmpty: false } change })
                continue;

            (state, live) = (change.Next, Following(live, change));
            live.Rest();
            Assert.NotSame(state, live.State);
            Assert.Equal(ConversationJson.Write(state), ConversationJson.Write(live.State));
            Assert.Equal((state.Key, state.LastSequence), (live.Key, live.LastSequence));
        }
    }

    [Fact]
    public void The_newest_entries_are_read_without_the_journal_and_older_ones_are_not_there()
    {
        var (live, journal) = (new LiveConversation(A.Conversation()), new List<ConversationEntry>());
        foreach (var number in Enumerable.Range(1, 6))
        {
            var change = live.State.Says($"message {number}");
            (live, journal) = (Following(live, change), [.. journal, .. change.Entries]);
        }

        var last = live.LastSequence;
        Assert.Equal(Bytes(journal.TakeLast(LiveConversation.MaxEntries)), Bytes(live.Read(last - LiveConversation.MaxEntries, 200)));
        Assert.Equal(last - 1, Assert.Single(live.Read(last - 2, 1)).Sequence);
        Assert.True(live.Read(last - LiveConversation.MaxEntries - 1, 200).IsDefault);
        Assert.True(live.Read(last, 200).IsDefault);
    }

    [Fact]
    public void A_message_longer_than_the_room_is_left_to_the_journal()
    {
        var live = Said(new(A.Conversation("Hello")), new string('x', LiveConversation.MaxEntryBytes));

        Assert.True(live.Read(live.LastSequence - 1, 200).IsDefault);
        Assert.True(live.Packed.Length < 500);
    }

    [Fact]
    public void Messages_as_long_as_those_before_are_written_over_them()
    {
        var live = Said(new(A.Conversation()), Question, Question, Question, Question);
        var before = live.Packed;

        for (var number = 0; number < 20; number++)
            live = Said(live, Question);

        Assert.True(before == live.Packed);
    }

    [Fact]
    public void What_is_unanswered_lies_in_the_newest_entries_and_nowhere_else()
    {
        var live = Said(new(A.Conversation()), Question + "?", Question + "!", Question + ".");

        Assert.Equal(3, live.State.Asked.Length);
        Assert.Equal(3, Encoding.UTF8.GetString(live.Packed).Split(Question).Length - 1);
    }

    [Fact]
    public void The_journal_gets_the_state_once_the_grain_has_heard_of_the_commit()
    {
        var live = Said(new(A.Conversation()), Question);
        var (before, later) = (live.LastSequence, live.State.Says("And now?"));

        Assert.Null(live.StateFrom(later.Next.LastSequence));
        Assert.Equal(before, live.StateFrom(before)!.LastSequence);
        Following(live, later).Rest();

        Assert.Equal(ConversationJson.Write(later.Next), ConversationJson.Write(live.StateFrom(later.Next.LastSequence)!));
    }

    private static LiveConversation Said(LiveConversation live, params ReadOnlySpan<string> texts)
    {
        foreach (var text in texts)
            live = Following(live, live.State.Post(A.Message(text), null, A.Noon, A.ReopenWindow).ValueOrThrow());
        return live;
    }

    private static LiveConversation Following(LiveConversation live, Change change)
    {
        live.Follow(new(change.Entries, change.Next, OutboxKinds.None, OutboxKinds.None));
        return live;
    }

    private static IEnumerable<string> Bytes(IEnumerable<ConversationEntry> entries) =>
        entries.Select(entry => $"{entry.Sequence} {entry.At:O} {Encoding.UTF8.GetString(ConversationJson.Write(entry.Event))}");
}
