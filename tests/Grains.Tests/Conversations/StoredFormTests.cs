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

    public static TheoryData<Message> Messages =>
    [
        new Message(new(AuthorKind.Contact), "m1", "plain"),
        new Message(new(AuthorKind.Agent, "ada", "Ada \"A\" <x>"), "quote\"and\\slash", "Ünïcode 😀\n\ttab & <b> 配送"),
        new Message(new(AuthorKind.Contact, Name: "Kim"), "m2", "understood", A.Analysis(entities: [new Entity(EntityKind.Email, 0, 3, "a@b", "a@b", 0.9)])),
        new Message(new(AuthorKind.Contact, Name: "Kim"), "m3", "KV-1", A.Analysis(entities: [new Entity(EntityKind.Own, 0, 4, "KV-1", "KV-1", 0.99, "policy")])),
        new Message(Author.Assistant, "turn-2", "answered", Answer: A.Answer()),
    ];
}
