using CustomerService.Api;
using CustomerService.Contacts;
using CustomerService.Inboxes;
using CustomerService.Tenancy;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CustomerService.Channels.WebChat;

/// <summary>Session tokens: short-lived JWTs of our own that open a socket.</summary>
internal sealed class ChatTokens(KeyFolder keys, IOptions<WebChatOptions> options, IOptions<TenancyOptions> tenancy, TimeProvider time)
{
    private const string Issuer = "customer-service";
    private const string Audience = "chat.v1";
    private readonly SymmetricSecurityKey _key = new(keys.Derive("web chat: session token"));
    private readonly JsonWebTokenHandler _handler = new() { SetDefaultTimesOnTokenCreation = false };

    public (string Token, DateTimeOffset ExpiresAt) Issue(ChatSession session)
    {
        var now = time.GetUtcNow();
        var expiresAt = DateTimeOffset.FromUnixTimeSeconds((now + options.Value.TokenTime).ToUnixTimeSeconds());
        var claims = new Dictionary<string, object>
        {
            [JwtRegisteredClaimNames.Sub] = session.Channel.Address,
            [JwtRegisteredClaimNames.Jti] = Guid.NewGuid().ToString("N"),
            [JwtRegisteredClaimNames.AuthTime] = session.SignedInAt.ToUnixTimeSeconds(),
            ["inbox"] = session.Channel.Inbox.Value,
            ["tenant"] = session.Channel.Tenant.Value,
            ["verified"] = session.IsVerified,
        };
        if (session.Name is not null)
            claims[JwtRegisteredClaimNames.Name] = session.Name;
        if (session.TimeZone is not null)
            claims[JwtRegisteredClaimNames.ZoneInfo] = session.TimeZone;
        var token = _handler.CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Issuer,
            Audience = Audience,
            Claims = claims,
            IssuedAt = now.UtcDateTime,
            Expires = expiresAt.UtcDateTime,
            SigningCredentials = new(_key, SecurityAlgorithms.HmacSha256),
        });
        return (token, expiresAt);
    }

    /// <summary>Reads a token of an inbox.</summary>
    /// <returns>The session; or <c>token.invalid</c>, <c>token.expired</c>.</returns>
    public async Task<Result<ChatSession>> ReadAsync(string token, InboxId inbox)
    {
        var read = await _handler.ValidateTokenAsync(token, new()
        {
            ValidIssuer = Issuer,
            ValidAudience = Audience,
            IssuerSigningKey = _key,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            LifetimeValidator = (_, expires, _, _) => expires > time.GetUtcNow().UtcDateTime,
        });
        if (read.Exception is SecurityTokenInvalidLifetimeException)
            return ChatRefusals.TokenExpired;
        if (!read.IsValid || read.SecurityToken is not JsonWebToken { Subject: { } address } jwt
            || Text(read, "inbox") != inbox.Value || Text(read, "tenant") != tenancy.Value.Tenant)
            return ChatRefusals.TokenInvalid;

        return new ChatSession(
            new ContactChannelKey(tenancy.Value.TenantId, inbox, address),
            Text(read, JwtRegisteredClaimNames.Name),
            read.Claims.TryGetValue("verified", out var verified) && verified is true,
            DateTimeOffset.FromUnixTimeSeconds(jwt.GetPayloadValue<long>(JwtRegisteredClaimNames.AuthTime)),
            Text(read, JwtRegisteredClaimNames.ZoneInfo),
            new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero));
    }

    private static string? Text(TokenValidationResult read, string claim) => read.Claims.TryGetValue(claim, out var value) ? value as string : null;
}
