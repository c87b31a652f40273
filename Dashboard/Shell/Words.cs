using CustomerService.Conversations;
using CustomerService.Inboxes;
using CustomerService.Nlu;

namespace CustomerService.Shell;

/// <summary>The product's names for things, each in one place.</summary>
internal static class Words
{
    private static readonly Dictionary<string, string> Tongues = new(StringComparer.Ordinal)
    {
        ["ar"] = "Arabic",
        ["cs"] = "Czech",
        ["da"] = "Danish",
        ["de"] = "German",
        ["el"] = "Greek",
        ["en"] = "English",
        ["es"] = "Spanish",
        ["fi"] = "Finnish",
        ["fr"] = "French",
        ["he"] = "Hebrew",
        ["hi"] = "Hindi",
        ["it"] = "Italian",
        ["ja"] = "Japanese",
        ["ko"] = "Korean",
        ["nl"] = "Dutch",
        ["no"] = "Norwegian",
        ["pl"] = "Polish",
        ["pt"] = "Portuguese",
        ["ru"] = "Russian",
        ["sv"] = "Swedish",
        ["tr"] = "Turkish",
        ["uk"] = "Ukrainian",
        ["zh"] = "Chinese",
    };

    public static string Language(string code) => Tongues.GetValueOrDefault(code, "Unknown language");

    public static string Channel(ChannelKind kind) => kind switch
    {
        ChannelKind.WebChat => "Web chat",
        ChannelKind.Email => "Email",
        ChannelKind.Sms => "SMS",
        ChannelKind.WhatsApp => "WhatsApp",
        ChannelKind.Voice => "Telephone",
        _ => "API",
    };

    public static string ChannelIcon(ChannelKind kind) => kind switch
    {
        ChannelKind.WebChat => "globe",
        ChannelKind.Email => "mail",
        ChannelKind.Sms => "smartphone",
        ChannelKind.WhatsApp => "message-square",
        ChannelKind.Voice => "phone",
        _ => "code",
    };

    public static string Entity(Entity entity) => entity.Name is { } name ? Intent(name) : Kind(entity.Kind);

    private static string Kind(EntityKind kind) => kind switch
    {
        EntityKind.OrderId => "Order",
        EntityKind.Sku => "Article number",
        EntityKind.TrackingNumber => "Tracking number",
        EntityKind.Iban => "IBAN",
        EntityKind.Url => "Web address",
        EntityKind.IpAddress => "IP address",
        EntityKind.NationalId => "Identity number",
        _ => kind.ToString(),
    };

    /// <returns><c>track_order</c> as "Track order".</returns>
    public static string Intent(string intent) =>
        intent.Length == 0 ? intent : char.ToUpperInvariant(intent[0]) + intent[1..].Replace('_', ' ');

    public static string Contact(ConversationOrigin origin) =>
        string.IsNullOrWhiteSpace(origin.ContactName) ? $"Visitor {origin.Contact.Id.ToString("N")[^4..]}" : origin.ContactName;

    public static string Holder(Baton baton) => baton.Holder switch
    {
        BatonHolder.Assistant => "Assistant",
        BatonHolder.Queue => "Nobody yet",
        _ => baton.AgentName ?? baton.Agent ?? "An agent",
    };

    /// <summary>A value between −1 and 1 or 0 and 1, always with a real minus sign.</summary>
    public static string Number(double value) =>
        value.ToString("0.0;−0.0;0.0", System.Globalization.CultureInfo.InvariantCulture);

    public static string Confidence(double value) =>
        value.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);

    public static string Count(int count, string one, string many) => $"{count:N0} {(count == 1 ? one : many)}";
}
