using System.Text.RegularExpressions;
using CustomerService.Contacts;
using CustomerService.Inboxes;
using CustomerService.Tenancy;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CustomerService.Channels.WebChat;

/// <summary>A request for a session; section 1 of the protocol.</summary>
internal sealed record SessionRequest(string? Inbox, string? Visitor, string? IdentityToken, string? TimeZone = null);

/// <summary>A session; section 1 of the protocol.</summary>
internal sealed record SessionStarted(
    string Token, DateTimeOffset ExpiresAt, string? Visitor, string Inbox, SessionContact Contact, SessionTenant Tenant, SessionAssistant Assistant);

internal sealed record SessionContact(string? Name, bool Verified);

internal sealed record SessionTenant(string Name);

internal sealed record SessionAssistant(bool Automated, string? Notice);

/// <summary>Makes sessions.</summary>
internal sealed class ChatSessions(
    IOptions<InboxesOptions> inboxes, IOptions<TenancyOptions> tenancy, Origins origins, SessionLimiter limiter,
    VisitorSecrets visitors, IdentityTokens identities, ChatTokens tokens, TimeProvider time)
{
    public async Task<Result<SessionStarted>> StartAsync(SessionRequest request, HttpRequest http)
    {
        if (inboxes.Value.Find(request.Inbox) is not { Kind: ChannelKind.WebChat } inbox)
            return ChatRefusals.InboxNotFound;
        if (!origins.Allows(inbox, http))
            return ChatRefusals.OriginNotAllowed;
        if (limiter.Take(http.HttpContext.Connection.RemoteIpAddress) is { } wait)
        {
            http.HttpContext.Response.Headers.RetryAfter = wait.ToString();
            return ChatRefusals.RateLimited(wait);
        }

        var id = InboxId.Parse(request.Inbox!);
        if (request.IdentityToken is { } identityToken)
        {
            var (identity, refusal) = await identities.UseAsync(identityToken, id, inbox);
            return refusal is null ? Start(id, inbox, identity!.Address, identity.Name, visitor: null, request.TimeZone) : refusal;
        }

        if (inbox.RequireIdentity)
            return ChatRefusals.IdentityRequired;

        // A secret that is not ours, or of an earlier signing key, is replaced: its owner starts as a new visitor.
        var visitor = visitors.Address(request.Visitor) is null ? visitors.Make() : request.Visitor!;
        return Start(id, inbox, visitors.Address(visitor)!, name: null, visitor, request.TimeZone);
    }

    private SessionStarted Start(InboxId id, InboxOptions inbox, string address, string? name, string? visitor, string? timeZone)
    {
        var now = time.GetUtcNow();
        var session = new ChatSession(new ContactChannelKey(tenancy.Value.TenantId, id, address), name, visitor is null, now, TimeZones.Known(timeZone), now);
        var (token, expiresAt) = tokens.Issue(session);
        return new(token, expiresAt, visitor, id.Value, new(name, session.IsVerified), new(tenancy.Value.Name), new(Automated: true, inbox.Notice));
    }
}

/// <summary>The zones that browsers name.</summary>
internal static partial class TimeZones
{
    /// <summary>The zone when it is one that this server knows; else null, and nobody is told: it only helps to understand days.</summary>
    public static string? Known(string? zone) => zone is { Length: <= 64 } && Form.IsMatch(zone) && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _) ? zone : null;

    [GeneratedRegex("^[A-Za-z0-9_+-]+(?:/[A-Za-z0-9_+-]+){0,2}$", RegexOptions.NonBacktracking | RegexOptions.CultureInvariant)]
    private static partial Regex Form { get; }
}

/// <summary>Keeps one network address from making sessions without end.</summary>
internal sealed class SessionLimiter(IOptions<WebChatOptions> options, TimeProvider time)
{
    private const int MaxAddresses = 100_000;
    private readonly System.Collections.Concurrent.ConcurrentDictionary<System.Net.IPAddress, TokenBucket> _buckets = new();

    /// <summary>Counts a session.</summary>
    /// <param name="address">From where; null is counted as one.</param>
    /// <returns>Null when it may be made; else the seconds to wait.</returns>
    public int? Take(System.Net.IPAddress? address)
    {
        var now = time.GetUtcNow();
        if (_buckets.Count >= MaxAddresses)
            Forget(now);
        var bucket = _buckets.GetOrAdd(address ?? System.Net.IPAddress.None, static (_, options) => new(options.SessionBurst, options.SessionsPerMinute), options.Value);
        var wait = bucket.Take(now);
        return wait == TimeSpan.Zero ? null : (int)Math.Ceiling(wait.TotalSeconds);
    }

    private void Forget(DateTimeOffset now)
    {
        foreach (var (address, bucket) in _buckets)
        {
            if (bucket.IsFull(now))
                _buckets.TryRemove(address, out _);
        }
    }
}
