using CustomerService.Conversations;
using CustomerService.Inboxes;
using Orleans.Concurrency;

namespace CustomerService.Contacts;

/// <summary>Where one contact's messages on one channel arrive: finds or opens the contact's conversation, so that two never open at once.</summary>
/// <remarks>Key: <see cref="ContactChannelKey"/>.</remarks>
[Alias("contact-channel")]
public interface IContactChannelGrain : IGrainWithStringKey
{
    /// <summary>Posts a message to the contact's open conversation, or to a new one.</summary>
    /// <param name="message">What came in.</param>
    /// <param name="cancellationToken">Ends the call; the message may be stored all the same, repeat it with its <see cref="IncomingMessage.DedupId"/>.</param>
    /// <returns>Where it was stored; or the refusals of <see cref="IConversationGrain.PostAsync"/>, save <c>conversation.closed</c>, which opens a new one.</returns>
    [Alias("post")]
    Task<Result<Posted>> PostAsync(IncomingMessage message, CancellationToken cancellationToken = default);

    /// <summary>The contact's newest conversation here.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Its key; null before the first message.</returns>
    [Alias("current"), ReadOnly]
    Task<ConversationKey?> GetCurrentAsync(CancellationToken cancellationToken = default);
}

/// <summary>A message as a channel delivers it.</summary>
/// <param name="Kind">The kind of transport.</param>
/// <param name="DedupId">The provider's or client's id. 1 to 128 characters.</param>
/// <param name="Text">The text.</param>
/// <param name="ContactName">The sender's name as the channel gives it; null when it gives none.</param>
/// <param name="IsVerified">True when the tenant vouched for the sender with a signed token.</param>
/// <param name="TimeZone">The sender's time zone, an IANA name; null when the channel does not know it. It is not stored.</param>
[GenerateSerializer, Immutable, Alias("incoming-message")]
public sealed record IncomingMessage(
    [property: Id(0)] ChannelKind Kind,
    [property: Id(1)] string DedupId,
    [property: Id(2)] string Text,
    [property: Id(3)] string? ContactName = null,
    [property: Id(4)] bool IsVerified = false,
    [property: Id(5)] string? TimeZone = null);
