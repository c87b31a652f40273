using CustomerService.Conversations;
using Orleans.Concurrency;

namespace CustomerService.Contacts;

/// <summary>One person who writes to the business, over all channels.</summary>
/// <remarks>Key: <see cref="ContactKey"/>.</remarks>
[Alias("contact")]
public interface IContactGrain : IGrainWithStringKey
{
    /// <summary>Records that a conversation started. Repeating changes nothing.</summary>
    /// <param name="conversation">Which.</param>
    /// <param name="origin">Who, and where.</param>
    /// <param name="at">When, UTC.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("record")]
    Task RecordConversationAsync(ConversationKey conversation, ConversationOrigin origin, DateTimeOffset at, CancellationToken cancellationToken = default);

    /// <summary>What is known of the contact.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The profile; or <see cref="RefusalKind.NotFound"/> <c>contact.not_found</c>.</returns>
    [Alias("get"), ReadOnly]
    Task<Result<ContactProfile>> GetAsync(CancellationToken cancellationToken = default);
}

/// <summary>What is known of a contact.</summary>
/// <param name="Key">Which contact.</param>
/// <param name="Name">The name to show; null when none is known.</param>
/// <param name="IsVerified">True when the tenant vouched for the identity.</param>
/// <param name="Identities">The addresses, oldest first.</param>
/// <param name="Conversations">The newest conversations, newest first, at most 50.</param>
[GenerateSerializer, Immutable, Alias("contact-profile")]
public sealed record ContactProfile(
    [property: Id(0)] ContactKey Key,
    [property: Id(1)] string? Name,
    [property: Id(2)] bool IsVerified,
    [property: Id(3)] ImmutableArray<ContactChannelKey> Identities,
    [property: Id(4)] ImmutableArray<PastConversation> Conversations);

/// <summary>A conversation of a contact.</summary>
/// <param name="Key">Which.</param>
/// <param name="StartedAt">When it started, UTC.</param>
[GenerateSerializer, Immutable, Alias("past-conversation")]
public sealed record PastConversation([property: Id(0)] ConversationKey Key, [property: Id(1)] DateTimeOffset StartedAt);
