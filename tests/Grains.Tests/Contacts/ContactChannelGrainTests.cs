using CustomerService.Conversations;
using CustomerService.Inboxes;

namespace CustomerService.Contacts;

public class ContactChannelGrainTests(ConversationCluster cluster) : IClassFixture<ConversationCluster>
{
    private readonly IContactChannelGrain _channel = cluster.Grains.GetGrain<IContactChannelGrain>($"quillmere/web/{Guid.NewGuid():N}");

    [Fact]
    public async Task A_thousand_first_messages_at_once_make_one_conversation_without_gaps()
    {
        var posted = await Task.WhenAll(Enumerable.Range(0, 1000).Select(number => PostAsync($"m{number}", $"message {number}")));

        var conversation = cluster.Conversation(Assert.Single(posted.Select(result => result.ValueOrThrow().Conversation).Distinct()));
        var messages = new List<Message>();
        var sequences = new List<long>();
        for (EntryPage? page = null; page is null || page.LastSequence > sequences[^1];)
        {
            page = await conversation.ReadAsync(sequences.LastOrDefault(), 200);
            sequences.AddRange(page.Entries.Select(entry => entry.Sequence));
            messages.AddRange(page.Entries.Said(AuthorKind.Contact));
        }

        Assert.Equal(Enumerable.Range(0, 1000).Select(number => $"message {number}").Order(StringComparer.Ordinal), messages.Select(message => message.Text).Order(StringComparer.Ordinal));
        Assert.Equal(Enumerable.Range(1, sequences.Count).Select(number => (long)number), sequences);
        Assert.DoesNotContain(posted, result => result.ValueOrThrow().IsRepeat);
    }

    [Fact]
    public async Task The_same_id_a_thousand_times_at_once_is_one_message()
    {
        var posted = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ => PostAsync("same", "Hello")));

        Assert.Single(posted, result => !result.ValueOrThrow().IsRepeat);
        Assert.Single(posted.Select(result => result.ValueOrThrow().Sequence).Distinct());
        var entries = (await cluster.Conversation(posted[0].ValueOrThrow().Conversation).ReadAsync(0, 200)).Entries;
        Assert.Single(entries.Said(AuthorKind.Contact));
    }

    [Fact]
    public async Task A_message_to_a_closed_conversation_opens_a_new_one_and_the_contact_knows_both()
    {
        await using var strict = await ConversationCluster.StartAsync(("Conversations:ReopenWindow", "00:00:00"));
        var channel = strict.Grains.GetGrain<IContactChannelGrain>("quillmere/web/returning");
        var first = (await channel.PostAsync(new(ChannelKind.WebChat, "1", "Hello", "Kim"))).ValueOrThrow();
        await strict.Conversation(first.Conversation).ResolveAsync(A.Ada);

        var posted = await Task.WhenAll(Enumerable.Range(2, 20).Select(number => channel.PostAsync(new(ChannelKind.WebChat, $"{number}", "Again", "Kim"))));

        var second = Assert.Single(posted.Select(result => result.ValueOrThrow().Conversation).Distinct());
        Assert.NotEqual(first.Conversation, second);
        Assert.Equal(second, await channel.GetCurrentAsync());
        await strict.Outbox.ResumeAsync(default);
        var origin = (await strict.Conversation(second).GetAsync()).ValueOrThrow().Row.Origin;
        var contact = (await strict.Grains.GetGrain<IContactGrain>(origin.Contact.ToString()).GetAsync()).ValueOrThrow();
        Assert.Equal("Kim", contact.Name);
        Assert.Equal([second, first.Conversation], contact.Conversations.Select(past => past.Key));
    }

    [Fact]
    public async Task Refusals_reach_the_channel()
    {
        Assert.Equal("message.empty", (await PostAsync("1", " ")).Refusal?.Code);
        Assert.Equal("message.dedup_id", (await PostAsync("", "Hello")).Refusal?.Code);
    }

    private Task<Result<Posted>> PostAsync(string id, string text) => _channel.PostAsync(new(ChannelKind.WebChat, id, text));
}
