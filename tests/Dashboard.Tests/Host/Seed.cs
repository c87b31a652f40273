using CustomerService.Agents;
using CustomerService.Conversations;
using CustomerService.Inboxes;

namespace CustomerService.Host;

/// <summary>A morning at the desk, for pictures and for work on the pages.</summary>
internal static class Seed
{
    public static readonly AgentProfile Mara = new(new("mara"), "Mara Lindqvist", AgentRole.Agent);

    public static ConversationKey Fill(DeskWorld world)
    {
        var now = world.Time.GetUtcNow();
        Quiet(world, "Ana Ferreira", ChannelKind.Email, now.AddMinutes(-95), "Could you send me the invoice for QM-204417? Thank you!", "refund-time");
        Quiet(world, "Jonas Weber", ChannelKind.WhatsApp, now.AddMinutes(-41), "Meine Bestellung QM-204388 kommt leider nicht an.", "track-an-order");
        Quiet(world, "نور حداد", ChannelKind.WebChat, now.AddMinutes(-33), "أين طلبي QM-204501؟", "track-an-order");
        Quiet(world, null, ChannelKind.WebChat, now.AddMinutes(-12), "do you ship to norway and what does it cost", "track-an-order");
        Quiet(world, "Claire Dubois", ChannelKind.WebChat, now.AddMinutes(-6), "Merci, ma commande est bien arrivée.", "track-an-order");
        Held(world, "Tom Okafor", now.AddMinutes(-52));
        Asks(world, "Priya Raman", now.AddMinutes(-9));
        return Upset(world, "Ellen Brandt", now.AddMinutes(-28));
    }

    /// <summary>A long one: to page back in.</summary>
    public static ConversationKey Long(DeskWorld world, int messages)
    {
        var (key, origin) = world.Visitor("Long Talker");
        var conversation = world.FindOrStart(key, origin);
        for (var i = 1; i <= messages; i++)
            conversation.Post(new(i % 2 == 1 ? AuthorKind.Contact : AuthorKind.Assistant), $"Message number {i}", $"long-{i}", world.Time.GetUtcNow().AddMinutes(i - messages));
        return key;
    }

    private static void Quiet(DeskWorld world, string? name, ChannelKind kind, DateTimeOffset at, string text, string article)
    {
        var conversation = Start(world, name, kind, at);
        Contact(conversation, text, at);
        Assistant(conversation, at.AddSeconds(2), (FakeKnowledge.Articles.First(a => a.Id.Value == article).Markdown.Split("\n\n")[^1], article));
    }

    private static void Held(DeskWorld world, string name, DateTimeOffset at)
    {
        var conversation = Start(world, name, ChannelKind.Email, at);
        Contact(conversation, "I returned the tent two weeks ago and the refund of €189.00 is still not there.", at);
        conversation.Pass(BatonHolder.Queue, null, Author.System, "The articles do not say where this refund is.", at.AddSeconds(2));
        conversation.Pass(BatonHolder.Agent, Mara, FakeConversation.AuthorOf(Mara), "Taken over.", at.AddMinutes(4));
        conversation.Post(FakeConversation.AuthorOf(Mara), "Hello Tom, I am looking into it with our warehouse and write again before noon.", "held-1", at.AddMinutes(6));
    }

    private static void Asks(DeskWorld world, string name, DateTimeOffset at)
    {
        var conversation = Start(world, name, ChannelKind.WebChat, at);
        Contact(conversation, "My payment was taken twice, €64.90 each. Can I talk to a person please?", at);
        conversation.Raise(AlertKind.PersonRequested, "The contact asks for a person.", at.AddSeconds(1));
        conversation.Pass(BatonHolder.Queue, null, Author.System, "The contact asks for a person.", at.AddSeconds(1));
    }

    private static ConversationKey Upset(DeskWorld world, string name, DateTimeOffset at)
    {
        var conversation = Start(world, name, ChannelKind.WebChat, at, "ellen.brandt@example.org");
        Contact(conversation, "Hi, where is my order QM-204466? It should have been here on Friday.", at);
        Assistant(conversation, at.AddSeconds(3),
            ("We send the tracking link when the parcel leaves us.", "track-an-order"), ("It works from the same evening.", "track-an-order"));
        Contact(conversation, "I have the link. It is late and the link has not changed for days.", at.AddMinutes(4));
        Assistant(conversation, at.AddMinutes(4).AddSeconds(2),
            ("A link that has not changed for three working days means that the carrier looks for the parcel.", "track-an-order"), ("We refund within 14 days after the return has reached us.", "refund-time"));
        conversation.MarkRead(AuthorKind.Contact, conversation.Last, at.AddMinutes(5));
        Contact(conversation, "This is the third time I write about QM-204466. I paid €212.40 and I need the jacket on Saturday. This is unacceptable.", at.AddMinutes(11));
        conversation.Note(Mara, "Carrier says the parcel was scanned in Lübeck this morning. Offer express replacement if it is not there tomorrow.", at.AddMinutes(14));
        return conversation.Key;
    }

    private static FakeConversation Start(DeskWorld world, string? name, ChannelKind kind, DateTimeOffset at, string? address = null)
    {
        var (key, origin) = world.Visitor(name, kind, address);
        return world.Add(new(key, origin, at));
    }

    private static void Contact(FakeConversation conversation, string text, DateTimeOffset at) =>
        conversation.Post(new(AuthorKind.Contact, Name: conversation.Origin.ContactName), text, Guid.NewGuid().ToString("N"), at);

    private static void Assistant(FakeConversation conversation, DateTimeOffset at, params (string Sentence, string Article)[] sentences) =>
        conversation.Post(Author.Assistant, string.Join(' ', sentences.Select(s => s.Sentence)), Guid.NewGuid().ToString("N"), at, FakeKnowledge.Answer(sentences));
}
