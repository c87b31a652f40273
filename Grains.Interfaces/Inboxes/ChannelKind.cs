namespace CustomerService.Inboxes;

/// <summary>Kinds of transport.</summary>
[GenerateSerializer, Alias("channel-kind")]
public enum ChannelKind
{
    /// <summary>The web chat widget, and the mobile SDKs that speak its protocol.</summary>
    WebChat,

    /// <summary>Email.</summary>
    Email,

    /// <summary>SMS.</summary>
    Sms,

    /// <summary>WhatsApp.</summary>
    WhatsApp,

    /// <summary>Telephone.</summary>
    Voice,

    /// <summary>The REST or GraphQL API.</summary>
    Api,
}
