using System.Text;
using CustomerService.Answers;
using CustomerService.Contacts;
using CustomerService.Conversations;
using CustomerService.Inboxes;
using CustomerService.Knowledge;
using CustomerService.Nlu;
using CustomerService.Tenancy;

namespace CustomerService.Channels.WebChat;

/// <summary>What of a journal a contact sees, byte for byte.</summary>
public sealed class ChatEntryTests
{
    private static readonly DateTimeOffset At = new(2026, 1, 5, 10, 0, 0, TimeSpan.Zero);
    private static readonly Author Ada = new(AuthorKind.Agent, "ada.byron", "Ada Byron");

    [Fact]
    public void A_contacts_message_is_shown_without_what_was_understood() =>
        Shows(
            """{"kind":"message","author":{"kind":"contact","name":null},"text":"<b>Where is my order?</b> נו","id":"m-1","sequence":2,"at":"2026-01-05T10:00:00+00:00"}""",
            new MessagePosted(new(new(AuthorKind.Contact, Name: "Grace Hopper"), "m-1", "<b>Where is my order?</b> נו", new(new("en", 1), [new("track_order", 1)], 0, [], -1, 1, IsDegraded: false))));

    [Fact]
    public void An_answer_is_shown_with_its_citations_but_without_support_rung_and_reason() =>
        Shows(
            """{"kind":"message","author":{"kind":"assistant","name":null},"text":"See Orders.","language":"en","sentences":[{"text":"See Orders.","citations":[{"article":"track","version":"8f14e45fceea","title":"Track","headingPath":"Web"}]}],"sequence":2,"at":"2026-01-05T10:00:00+00:00"}""",
            new MessagePosted(new(Author.Assistant, "turn-1", "See Orders.", Answer: new(
                AnswerRung.Extractive, "en", [new("See Orders.", [new(ArticleId.Parse("track"), "8f14e45fceea", "Track", "Web", 0, 11)], 0.9)], 0.9, "A reason for agents.", TimeSpan.Zero))));

    [Fact]
    public void Of_an_agent_the_first_name_is_shown() =>
        Shows("""{"kind":"message","author":{"kind":"agent","name":"Ada"},"text":"Hello","sequence":2,"at":"2026-01-05T10:00:00+00:00"}""", new MessagePosted(new(Ada, "r-1", "Hello")));

    [Fact]
    public void A_baton_is_shown_without_reason_and_summary() =>
        Shows(
            """{"kind":"baton","holder":{"kind":"agent","name":"Ada"},"sequence":2,"at":"2026-01-05T10:00:00+00:00"}""",
            new BatonPassed(new(BatonHolder.Queue), new(BatonHolder.Supervisor, "ada.byron", "Ada Byron", 2), Ada, "A secret reason.", new("A secret reason.", null, "en", -1, [], ["asked"], ["tried"])));

    [Fact]
    public void Reading_and_resolving_are_shown()
    {
        Shows("""{"kind":"read","reader":"agent","upTo":1,"sequence":2,"at":"2026-01-05T10:00:00+00:00"}""", new MessagesRead(AuthorKind.Agent, 1));
        Shows("""{"kind":"status","status":"resolved","sequence":2,"at":"2026-01-05T10:00:00+00:00"}""", new StatusChanged(ConversationStatus.Pending, ConversationStatus.Resolved, Ada));
    }

    public static TheoryData<ConversationEvent> Hidden =>
    [
        new NoteAdded(Ada, "A secret note."),
        new AlertRaised(new(AlertKind.Sentiment, "Sentiment fell.", 1, At, 1)),
        new ConversationStarted(new(new(TenantId.Parse("t"), Guid.Empty), new(TenantId.Parse("t"), InboxId.Parse("web"), "visitor:1"), ChannelKind.WebChat, null, IsVerified: false)),
        new StatusChanged(ConversationStatus.Open, ConversationStatus.Snoozed, Ada),
        new BatonPassed(new(BatonHolder.Agent, "ada.byron", "Ada Byron"), new(BatonHolder.Supervisor, "ada.byron", "Ada Byron", 2), Ada, "Promoted.", null),
    ];

    [Theory, MemberData(nameof(Hidden))]
    public void What_only_agents_see_is_not_shown(ConversationEvent hidden) => Assert.Null(ChatEntry.From(new(2, At, hidden)));

    private static void Shows(string expected, ConversationEvent shown)
    {
        var frame = ChatJson.Write(new EntriesFrame("0", [ChatEntry.From(new(2, At, shown))!], 2, 2));

        Assert.Equal($$"""{"type":"entries","conversation":"0","entries":[{{expected}}],"upTo":2,"lastSequence":2}""", Encoding.UTF8.GetString(frame));
    }
}
