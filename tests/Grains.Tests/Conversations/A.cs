using CustomerService.Agents;
using CustomerService.Answers;
using CustomerService.Contacts;
using CustomerService.Inboxes;
using CustomerService.Knowledge;
using CustomerService.Nlu;
using CustomerService.Tenancy;

namespace CustomerService.Conversations;

/// <summary>Builders that hide what a test does not mention.</summary>
internal static class A
{
    public static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    public static readonly TimeSpan ReopenWindow = TimeSpan.FromDays(3);
    public static readonly TenantId Tenant = TenantId.Parse("quillmere");
    public static readonly AgentProfile Ada = new(AgentId.Parse("ada"), "Ada", AgentRole.Agent);
    public static readonly AgentProfile Ben = new(AgentId.Parse("ben"), "Ben", AgentRole.Agent);
    public static readonly AgentProfile Sue = new(AgentId.Parse("sue"), "Sue", AgentRole.Supervisor);

    private static int _ids;

    public static string Id() => $"id-{Interlocked.Increment(ref _ids)}";

    public static ConversationKey Key() => new(Tenant, Guid.NewGuid());

    public static ConversationOrigin Origin(string address = "visitor-1") => new(
        new(Tenant, Guid.Parse("11111111-1111-1111-1111-111111111111")), new(Tenant, InboxId.Parse("web"), address), ChannelKind.WebChat, "Kim", false);

    public static ContactMessage Message(string text = "Where is my order?", string? id = null) => new(Origin(), id ?? Id(), text);

    public static Analysis Analysis(
        string? intent = "track_order", double confidence = 0.9, double sentiment = 0, string language = "en", params ImmutableArray<Entity> entities) =>
        new(new(language, 0.99), intent is null ? [] : [new(intent, confidence)], 0.05, entities.IsDefault ? [] : entities, sentiment, 0.9, false);

    public static Answer Answer(string text = "It is on its way.", AnswerRung rung = AnswerRung.Extractive, string? handoff = null) => new(
        rung, "en", rung == AnswerRung.Human ? [] : [new(text, [new(ArticleId.Parse("track-an-order"), "v1", "Track an order", "Track an order", 0, 10)], 0.9)], 0.9, handoff, TimeSpan.FromMilliseconds(12));

    public static Conversation Conversation(params ReadOnlySpan<string> texts)
    {
        var conversation = new Conversation { Key = Key() };
        foreach (var text in texts)
            conversation = conversation.Says(text).Next;
        return conversation;
    }

    public static Change Says(this Conversation conversation, string text, Analysis? analysis = null, TimeSpan later = default) =>
        conversation.Post(Message(text), analysis ?? Analysis(), Noon + later, ReopenWindow).ValueOrThrow();

    public static Conversation Then(this Conversation conversation, Func<Conversation, Result<Change>> command) => command(conversation).ValueOrThrow().Next;
}
