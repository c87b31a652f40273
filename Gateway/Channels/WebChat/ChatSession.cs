using CustomerService.Contacts;

namespace CustomerService.Channels.WebChat;

/// <summary>Whom a socket speaks for, as a session token says it.</summary>
/// <param name="Channel">The contact's address in the inbox.</param>
/// <param name="Name">The name to show; null when none is known.</param>
/// <param name="IsVerified">True when the tenant vouched for the identity.</param>
/// <param name="SignedInAt">When the session was made, UTC; renewing does not move it.</param>
/// <param name="TimeZone">The time zone that the browser named and this server knows; null for none. It lives in the token alone.</param>
/// <param name="ExpiresAt">When the token ends, UTC.</param>
internal sealed record ChatSession(ContactChannelKey Channel, string? Name, bool IsVerified, DateTimeOffset SignedInAt, string? TimeZone, DateTimeOffset ExpiresAt);
