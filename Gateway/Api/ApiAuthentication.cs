using System.Security.Claims;
using System.Text.Encodings.Web;
using CustomerService.Agents;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Api;

/// <summary>Authenticates <c>Authorization: Bearer csk_…</c>.</summary>
internal sealed class ApiAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, ApiKeys keys)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public const string SchemeName = "ApiKey";
    private const string Bearer = "Bearer ";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return Task.FromResult(AuthenticateResult.NoResult());
        if (keys.Find(header[Bearer.Length..].Trim()) is not { } key)
            return Task.FromResult(AuthenticateResult.Fail("Unknown key."));

        Context.Items[typeof(ApiKey)] = key;
        List<Claim> claims = [new(ClaimTypes.Name, key.Options.Name), new(ApiPolicies.Scope, ApiPolicies.Read)];
        if (key.Options.CanWrite)
            claims.Add(new(ApiPolicies.Scope, ApiPolicies.Write));
        if (key.Options is { CanWrite: true, Role: AgentRole.Admin })
            claims.Add(new(ApiPolicies.Scope, ApiPolicies.Operate));
        return Task.FromResult(AuthenticateResult.Success(new(new(new ClaimsIdentity(claims, SchemeName)), SchemeName)));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.WriteAsync(Context, Problems.Of(StatusCodes.Status401Unauthorized, "key.invalid", "Send an API key: Authorization: Bearer csk_…"));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        Problems.WriteAsync(Context, Problems.Of(StatusCodes.Status403Forbidden, "key.scope", Context.User.HasClaim(ApiPolicies.Scope, ApiPolicies.Write)
            ? "This needs a key with the role Admin."
            : "This key may only read."));
}

/// <summary>What an endpoint of the API asks of a key.</summary>
internal static class ApiPolicies
{
    public const string Scope = "scope";
    public const string Read = "read";
    public const string Write = "write";
    public const string Operate = "operate";

    public static void Add(AuthorizationOptions options)
    {
        foreach (var scope in (string[])[Read, Write, Operate])
            options.AddPolicy(Name(scope), policy => policy.AddAuthenticationSchemes(ApiAuthentication.SchemeName).RequireAuthenticatedUser().RequireClaim(Scope, scope));
    }

    /// <summary>The key that the current request was authenticated with.</summary>
    public static ApiKey Key(this HttpContext context) => (ApiKey)context.Items[typeof(ApiKey)]!;

    public static TBuilder CanRead<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(Name(Read));

    public static TBuilder CanWrite<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(Name(Write));

    /// <summary>For what concerns everybody whom the process serves.</summary>
    public static TBuilder CanOperate<TBuilder>(this TBuilder builder) where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(Name(Operate));

    private static string Name(string scope) => $"api.{scope}";
}
