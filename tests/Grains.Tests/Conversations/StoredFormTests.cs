using System.Text;
using System.Text.Json;
using CustomerService.Nlu;

namespace CustomerService.Conversations;

/// <summary>What is written by hand for speed, beside what it replaces.</summary>
public class StoredFormTests
{
    [Theory, MemberData(nameof(Messages))]
    public void A_message_is_written_as_the_serializer_would_write_it(Message message)
    {
        ConversationEvent what = new MessagePosted(message);

        Assert.Equal(JsonSerializer.Serialize(what, ConversationJson.Stored.ConversationEvent), Encoding.UTF8.GetString(ConversationJson.Write(what)));
        Assert.Equal(ConversationJson.Write(what), ConversationJson.Write(ConversationJson.ReadEvent(ConversationJson.Write(what))));
    }

    [Fact]
    public void Two_values_that_follow_one_keep_their_own_ids()
    {
        var known = RecentIds.Empty.Add(AuthorKind.Contact, "first").Add(AuthorKind.Contact, "second");

        var (lost, stored) = (known.Add(AuthorKind.Contact, "lost"), known.Add(AuthorKind.Contact, "stored"));

        Assert.True(lost.Contains(AuthorKind.Contact, "lost") && stored.Contains(AuthorKind.Contact, "stored") && stored.Contains(AuthorKind.Contact, "first"));
        Assert.False(stored.Contains(AuthorKind.Contact, "lost") || lost.Contains(AuthorKind.Contact, "stored") || known.Contains(AuthorKind.Contact, "lost"));
    }

    [Fact]
    public void The_newest_entries_are_read_without_the_journal_and_older_ones_are_not_there()
    {
        var (state, newest, journal) = (A.Conversation(), default(NewestEntries), new List<ConversationEntry>());
        foreach (var number in Enumerable.Range(1, 6))
        {
            var change = state.Says($"message {number}");
            newest = newest.With(new(change.Entries, change.Next, OutboxKinds.None, OutboxKinds.None));
            (state, journal) = (change.Next, [.. journal, .. change.Entries]);
        }

        Assert.Equal(Bytes(journal.TakeLast(NewestEntries.Max)), Bytes(newest.Read(state.LastSequence - NewestEntries.Max, 200, state.LastSequence)));
        Assert.Equal(state.LastSequence - 1, Assert.Single(newest.Read(state.LastSequence - 2, 1, state.LastSequence)).Sequence);
        Assert.True(newest.Read(state.LastSequence - NewestEntries.Max - 1, 200, state.LastSequence).IsDefault);
        Assert.True(newest.Read(state.LastSequence, 200, state.LastSequence).IsDefault);
    }

    [Fact]
    public void A_message_longer_than_the_room_is_left_to_the_journal()
    {
        var small = A.Conversation().Says("Hello");
        var large = small.Next.Says(new string('x', NewestEntries.MaxBytes));

        var newest = default(NewestEntries).With(new(small.Entries, small.Next, OutboxKinds.None, OutboxKinds.None)).With(new(large.Entries, large.Next, OutboxKinds.None, OutboxKinds.None));

        Assert.True(newest.Read(large.Next.LastSequence - 1, 200, large.Next.LastSequence).IsDefault);
    }

    public static TheoryData<Message> Messages =>
    [
        new Message(new(AuthorKind.Contact), "m1", "plain"),
        new Message(new(AuthorKind.Agent, "ada", "Ada \"A\" <x>"), "quote\"and\\slash", "Ünïcode 😀\n\ttab & <b> 配送"),
        new Message(new(AuthorKind.Contact, Name: "Kim"), "m2", "understood", A.Analysis(entities: [new Entity(EntityKind.Email, 0, 3, "a@b", "a@b", 0.9)])),
        new Message(Author.Assistant, "turn-2", "answered", Answer: A.Answer()),
    ];

    private static IEnumerable<string> Bytes(IEnumerable<ConversationEntry> entries) =>
        entries.Select(entry => $"{entry.Sequence} {entry.At:O} {Encoding.UTF8.GetString(ConversationJson.Write(entry.Event))}");
}
