using System.Collections.Concurrent;
using CustomerService.Inboxes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CustomerService.Channels.WebChat;

/// <summary>Tokens by which the tenant vouches for a signed-in contact; section 8 of the protocol.</summary>
/// <remarks>Used tokens are remembered by this process: in a cluster a token could be used once in each.</remarks>
internal sealed class IdentityTokens(TimeProvider time)
{
    private const int MaxSubjectLength = 200;
    private const int MaxNameLength = 80;
    private const int MaxIdLength = 64;
    private static readonly TimeSpan MaxTime = TimeSpan.FromMinutes(5);

    /// <summary>How far the clocks of the tenant's server and of this one may be apart.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromSeconds(30);

    private readonly JsonWebTokenHandler _handler = new();
    private readonly ConcurrentDictionary<(InboxId Inbox, string Id), DateTimeOffset> _used = new();

    /// <summary>Reads a token and uses it up.</summary>
    /// <returns>The contact's address and name; or <c>identity.invalid</c>, <c>identity.expired</c>, <c>identity.replayed</c>.</returns>
    public async Task<Result<Identity>> UseAsync(string token, InboxId inbox, InboxOptions options)
    {
        if (options.IdentitySecret is not { } secret)
            return ChatRefusals.IdentityInvalid;

        var read = await _handler.ValidateTokenAsync(token, new()
        {
            IssuerSigningKey = new SymmetricSecurityKey(System.Text.Encoding.UTF8.GetBytes(secret)),
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidateIssuer = false,
            ValidateAudience = false,
            LifetimeValidator = (_, expires, jwt, _) => IsCurrent((JsonWebToken)jwt, expires),
        });
        if (read.Exception is SecurityTokenInvalidLifetimeException)
            return ChatRefusals.IdentityExpired;
        if (!read.IsValid || read.SecurityToken is not JsonWebToken claims || !IsLine(claims.Subject, MaxSubjectLength) || !IsLine(claims.Id, MaxIdLength))
            return ChatRefusals.IdentityInvalid;

        Forget();
        if (!_used.TryAdd((inbox, claims.Id), new DateTimeOffset(claims.ValidTo, TimeSpan.Zero) + ClockSkew))
            return ChatRefusals.IdentityReplayed;

        return new Identity("user:" + claims.Subject, claims.TryGetPayloadValue<string>("name", out var name) && IsLine(name, MaxNameLength) ? name : null);
    }

    private bool IsCurrent(JsonWebToken token, DateTime? expires)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return expires is { } end && end > now - ClockSkew && end <= now + MaxTime + ClockSkew
            && token.IssuedAt > DateTime.MinValue && end - token.IssuedAt <= MaxTime && token.IssuedAt <= now + ClockSkew;
    }

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (id, end) in _used)
        {
            if (end < now)
                _used.TryRemove(id, out _);
        }
    }

    private static bool IsLine(string? text, int maxLength) => !string.IsNullOrWhiteSpace(text) && text.Length <= maxLength && !text.Any(char.IsControl);
}

/// <summary>Whom the tenant vouches for.</summary>
internal sealed record Identity(string Address, string? Name);
