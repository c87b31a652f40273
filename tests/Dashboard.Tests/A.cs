using CustomerService.Conversations;
using CustomerService.Host;
using CustomerService.Inboxes;
using CustomerService.Routing;

namespace CustomerService;

/// <summary>Builders that hide what a test's sentence does not mention.</summary>
internal static class A
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 22, 12, 0, 0, TimeSpan.Zero);

    /// <summary>A row; the last byte of its id is its number, so its shard is the number modulo 4.</summary>
    public static ConversationRow Row(
        int number, long sequence = 1, Baton? baton = null, DateTimeOffset? active = null, DateTimeOffset? waiting = null, Alert? alert = null, double? sentiment = null, string? name = null) => new(
        new(DeskWorld.Tenant, new Guid(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)number)), sequence,
        new(new(DeskWorld.Tenant, Guid.Empty), new(DeskWorld.Tenant, new("website"), $"visitor-{number}"), ChannelKind.WebChat, name ?? $"Contact {number}", false),
        ConversationStatus.Open, baton ?? new(BatonHolder.Assistant), "en", "Hello", AuthorKind.Contact, Noon, active ?? Noon, waiting,
        sentiment is { } value ? [new(2, value, value)] : [], null, 0, alert);

    public static Alert Alert(long sequence, double severity = 0.5) => new(AlertKind.Sentiment, "Sentiment fell.", sequence, Noon, severity);

    public static QueueKey ShardOf(ConversationRow row) => QueueKey.Of(row.Key);

    public static ConversationEntry Entry(long sequence, ConversationEvent happened, int minute = 0) => new(sequence, Noon.AddMinutes(minute), happened);

    public static ConversationEntry Said(long sequence, AuthorKind author, string text, int minute = 0) =>
        Entry(sequence, new MessagePosted(new(new(author), $"id-{sequence}", text)), minute);
}
