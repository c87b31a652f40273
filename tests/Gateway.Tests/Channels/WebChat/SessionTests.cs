using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CustomerService.Channels.WebChat;

/// <summary>Who may open a chat, and as whom.</summary>
public sealed class SessionTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private const string Secret = "a secret of the tenant, at least 32 bytes";

    [Fact]
    public async Task A_visitor_comes_back_as_the_same_contact()
    {
        var host = shared.Host;

        var first = await StartAsync(host, new { inbox = "web" });
        var second = await StartAsync(host, new { inbox = "web", visitor = Text(first, "visitor") });

        Assert.Equal(Text(first, "visitor"), Text(second, "visitor"));
        Assert.Equal(Address(first), Address(second));
        Assert.StartsWith("visitor:", Address(first), StringComparison.Ordinal);
        Assert.DoesNotContain(Text(first, "visitor"), Address(first), StringComparison.Ordinal);
    }

    [Theory, InlineData("1"), InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"), InlineData("../../etc"), InlineData("")]
    public async Task A_visitor_cannot_choose_a_secret(string chosen)
    {
        var host = shared.Host;

        var session = await StartAsync(host, new { inbox = "web", visitor = chosen });

        Assert.NotEqual(chosen, Text(session, "visitor"));
    }

    [Fact]
    public async Task A_session_says_who_answers_and_for_how_long_it_holds()
    {
        await using var host = await GatewayHost.StartAsync(("Inboxes:web:Notice", "You talk to a program."));

        var session = await StartAsync(host, new { inbox = "web" });

        Assert.Equal("Quillmere", Text(session["tenant"]!, "name"));
        Assert.True(session["assistant"]!["automated"]!.GetValue<bool>());
        Assert.Equal("You talk to a program.", Text(session["assistant"]!, "notice"));
        Assert.InRange(session["expiresAt"]!.GetValue<DateTimeOffset>() - host.Clock.GetUtcNow(), TimeSpan.FromMinutes(14), TimeSpan.FromMinutes(15));
    }

    [Theory, InlineData("nowhere"), InlineData("api"), InlineData(null)]
    public async Task Only_a_web_chat_inbox_takes_sessions(string? inbox) => await RefusedAsync(HttpStatusCode.NotFound, "inbox.not_found", new { inbox });

    [Fact]
    public async Task A_body_that_is_not_JSON_is_a_problem()
    {
        var host = shared.Host;

        var answer = await host.Http.PostAsync("/chat/v1/sessions", new StringContent("{\"inbox\":", Encoding.UTF8, "application/json"));

        await Problem.AssertAsync(answer, HttpStatusCode.BadRequest, "request.invalid");
    }

    [Theory, InlineData("https://evil.example", false), InlineData("https://shop.example", true), InlineData("http://shop.example", false), InlineData("null", false), InlineData("https://shop.example.evil.example", false)]
    public async Task Only_pages_of_allowed_origins_start_sessions_and_sockets(string origin, bool allowed)
    {
        await using var host = await GatewayHost.StartAsync(("Inboxes:web:Origins:0", "https://shop.example"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/chat/v1/sessions") { Content = JsonContent.Create(new { inbox = "web" }), Headers = { { "Origin", origin } } };

        var session = await host.Http.SendAsync(request);

        if (allowed)
        {
            Assert.Equal([origin], session.Headers.GetValues("Access-Control-Allow-Origin"));
            await using var connection = await ChatConnection.OpenAsync(host.Address, origin: origin);
        }
        else
        {
            await Problem.AssertAsync(session, HttpStatusCode.Forbidden, "origin.not_allowed");
            Assert.False(session.Headers.Contains("Access-Control-Allow-Origin"));
            var refused = await Assert.ThrowsAsync<WebSocketException>(() => ChatConnection.OpenAsync(host.Address, origin: origin));
            Assert.Contains("403", refused.Message, StringComparison.Ordinal);
        }
    }

    [Theory, InlineData("http://localhost:8080", true), InlineData("https://evil.example", false)]
    public async Task Without_settings_this_computer_and_the_same_origin_are_allowed(string origin, bool allowed)
    {
        var host = shared.Host;

        foreach (var (page, expected) in new[] { (origin, allowed), (host.Address.GetLeftPart(UriPartial.Authority), true) })
        {
            using var preflight = new HttpRequestMessage(HttpMethod.Options, "/chat/v1/sessions") { Headers = { { "Origin", page }, { "Access-Control-Request-Method", "POST" }, { "Access-Control-Request-Headers", "content-type" } } };
            Assert.Equal(expected, (await host.Http.SendAsync(preflight)).Headers.Contains("Access-Control-Allow-Origin"));
        }
    }

    [Fact]
    public async Task Sessions_from_one_address_are_limited_and_say_when_to_come_back()
    {
        await using var host = await GatewayHost.StartAsync(("Gateway:WebChat:SessionBurst", "2"), ("Gateway:WebChat:SessionsPerMinute", "6"));
        await StartAsync(host, new { inbox = "web" });
        await StartAsync(host, new { inbox = "web" });

        var third = await host.Http.PostAsJsonAsync("/chat/v1/sessions", new { inbox = "web" });
        host.Clock.Jump(TimeSpan.FromSeconds(10));
        var later = await host.Http.PostAsJsonAsync("/chat/v1/sessions", new { inbox = "web" });

        await Problem.AssertAsync(third, HttpStatusCode.TooManyRequests, "rate.limited");
        Assert.InRange(third.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 9, 10);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Fact]
    public async Task A_tenant_vouches_for_a_contact_once_with_each_token()
    {
        await using var host = await GatewayHost.StartAsync(("Inboxes:web:IdentitySecret", Secret));
        var token = Identity(host);

        var session = await StartAsync(host, new { inbox = "web", identityToken = token });
        var replay = await host.Http.PostAsJsonAsync("/chat/v1/sessions", new { inbox = "web", identityToken = token });

        Assert.Equal("user:customer-7", Address(session));
        Assert.Equal("Grace", Text(session["contact"]!, "name"));
        Assert.True(session["contact"]!["verified"]!.GetValue<bool>());
        Assert.Null(session["visitor"]);
        await Problem.AssertAsync(replay, HttpStatusCode.Unauthorized, "identity.replayed");
    }

    [Theory]
    [InlineData("another secret, which is at least 32 bytes", 0, 300, "j", "customer-7", "identity.invalid")]
    [InlineData(Secret, 0, 600, "j", "customer-7", "identity.expired")]
    [InlineData(Secret, -900, 300, "j", "customer-7", "identity.expired")]
    [InlineData(Secret, 900, 300, "j", "customer-7", "identity.expired")]
    [InlineData(Secret, 0, 300, null, "customer-7", "identity.invalid")]
    [InlineData(Secret, 0, 300, "j", null, "identity.invalid")]
    [InlineData(Secret, 0, 300, "j", "two\nlines", "identity.invalid")]
    public async Task A_token_that_proves_nothing_is_refused(string secret, int from, int seconds, string? id, string? subject, string code)
    {
        await using var host = await GatewayHost.StartAsync(("Inboxes:web:IdentitySecret", Secret));

        var answer = await host.Http.PostAsJsonAsync("/chat/v1/sessions", new { inbox = "web", identityToken = Identity(host, secret, from, seconds, id, subject) });

        await Problem.AssertAsync(answer, HttpStatusCode.Unauthorized, code);
    }

    [Fact]
    public async Task An_unsigned_token_is_refused()
    {
        await using var host = await GatewayHost.StartAsync(("Inboxes:web:IdentitySecret", Secret));
        var parts = Identity(host).Split('.');
        var unsigned = $"{Base64UrlEncoder.Encode("{\"alg\":\"none\"}")}.{parts[1]}.";

        await Problem.AssertAsync(await host.Http.PostAsJsonAsync("/chat/v1/sessions", new { inbox = "web", identityToken = unsigned }), HttpStatusCode.Unauthorized, "identity.invalid");
    }

    [Fact]
    public async Task An_inbox_can_require_an_identity()
    {
        await using var host = await GatewayHost.StartAsync(("Inboxes:web:IdentitySecret", Secret), ("Inboxes:web:RequireIdentity", "true"));

        await Problem.AssertAsync(await host.Http.PostAsJsonAsync("/chat/v1/sessions", new { inbox = "web" }), HttpStatusCode.Unauthorized, "identity.required");
    }

    [Theory]
    [InlineData("Inboxes:web:Origins:0", "shop.example")]
    [InlineData("Inboxes:web:IdentitySecret", "short")]
    [InlineData("Inboxes:Web Shop:Notice", "x")]
    [InlineData("Gateway:WebChat:TokenTime", "01:00:00")]
    [InlineData("Gateway:SigningKey", "c2hvcnQ=")]
    public async Task A_bad_setting_stops_the_process_at_start(string name, string value)
    {
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => GatewayHost.StartAsync((name, value)));

        Assert.Contains(name.Split(':')[^1] is "0" ? "Origins" : name.Split(':')[1] is "Web Shop" ? "Web Shop" : name.Split(':')[^1], fault.ToString(), StringComparison.Ordinal);
    }

    private static async Task<JsonObject> StartAsync(GatewayHost host, object request)
    {
        var answer = await host.Http.PostAsJsonAsync("/chat/v1/sessions", request);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private async Task RefusedAsync(HttpStatusCode status, string code, object request)
    {
        var host = shared.Host;

        await Problem.AssertAsync(await host.Http.PostAsJsonAsync("/chat/v1/sessions", request), status, code);
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();

    private static string Address(JsonObject session) => new JsonWebToken(Text(session, "token")).Subject;

    private static string Identity(GatewayHost host, string secret = Secret, int from = 0, int seconds = 300, string? id = "j", string? subject = "customer-7")
    {
        var now = host.Clock.GetUtcNow().UtcDateTime.AddSeconds(from);
        var claims = new Dictionary<string, object> { ["name"] = "Grace" };
        if (id is not null)
            claims["jti"] = id;
        if (subject is not null)
            claims["sub"] = subject;
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            IssuedAt = now,
            Expires = now.AddSeconds(seconds),
            SigningCredentials = new(new SymmetricSecurityKey(Encoding.UTF8.GetBytes(secret)), SecurityAlgorithms.HmacSha256),
        });
    }
}
