using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using CustomerService.Knowledge;

namespace CustomerService.Api;

/// <summary>Who may call the API, how often, and what errors look like.</summary>
public sealed class ApiTests(SharedHost shared) : IClassFixture<SharedHost>
{
    [Fact]
    public async Task Without_a_key_or_with_a_wrong_one_nothing_is_given()
    {
        await using var host = await GatewayHost.StartAsync();

        await Problem.AssertAsync(await host.Http.GetAsync("/v1/conversations"), HttpStatusCode.Unauthorized, "key.invalid");
        host.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "csk_wrong");
        var wrong = await host.Http.GetAsync("/v1/conversations");
        await Problem.AssertAsync(wrong, HttpStatusCode.Unauthorized, "key.invalid");
        Assert.Equal("Bearer", wrong.Headers.WwwAuthenticate.Single().Scheme);
    }

    [Fact]
    public async Task A_key_that_may_only_read_changes_nothing()
    {
        const string key = "csk_only_reads";
        await using var host = await GatewayHost.StartAsync(("Gateway:ApiKeys:0:Name", "reports"), ("Gateway:ApiKeys:0:Sha256", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))));
        host.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync("/v1/articles")).StatusCode);
        await Problem.AssertAsync(await host.Http.PostAsJsonAsync("/v1/inboxes/api/messages", new { address = "a", text = "b" }), HttpStatusCode.Forbidden, "key.scope");
    }

    [Fact]
    public async Task The_development_key_stays_the_same_and_only_its_owner_reads_it()
    {
        var folder = Directory.CreateTempSubdirectory("gateway-keys-");
        await using (var first = await GatewayHost.StartAsync(("Gateway:KeyFolder", folder.FullName)))
        await using (var second = await GatewayHost.StartAsync(("Gateway:KeyFolder", folder.FullName)))
            Assert.Equal(first.Api.DefaultRequestHeaders.Authorization!.Parameter, second.Api.DefaultRequestHeaders.Authorization!.Parameter);

        if (!OperatingSystem.IsWindows())
            Assert.All(folder.GetFiles(), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, file.UnixFileMode));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Every_answer_says_how_many_requests_are_left_and_the_last_one_when_to_come_back()
    {
        await using var host = await GatewayHost.StartAsync(("Gateway:RequestsPerHour", "2"));

        var first = await host.Api.GetAsync("/v1/articles");
        await host.Api.GetAsync("/v1/articles");
        var third = await host.Api.GetAsync("/v1/articles");
        host.Clock.Jump(TimeSpan.FromHours(1));
        var later = await host.Api.GetAsync("/v1/articles");

        Assert.Equal("\"default\";q=2;w=3600", first.Headers.GetValues("RateLimit-Policy").Single());
        Assert.Equal("\"default\";r=1;t=3600", first.Headers.GetValues("RateLimit").Single());
        await Problem.AssertAsync(third, HttpStatusCode.TooManyRequests, "rate.limited");
        Assert.InRange(third.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 3500, 3600);
        Assert.Equal(HttpStatusCode.OK, later.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/v1/nothing", 404, "route.not_found")]
    [InlineData("DELETE", "/v1/conversations", 405, "method.not_allowed")]
    [InlineData("GET", "/v1/conversations?page[size]=0", 400, "request.invalid")]
    [InlineData("GET", "/v1/conversations?page[size]=many", 400, "request.invalid")]
    [InlineData("GET", "/v1/conversations?page[after]=%2E%2E", 400, "request.invalid")]
    [InlineData("GET", "/v1/conversations?status=gone", 400, "request.invalid")]
    [InlineData("GET", "/v1/articles?audience=3", 400, "request.invalid")]
    [InlineData("GET", "/v1/articles/none", 404, "article.not_found")]
    [InlineData("GET", "/v1/articles/Not%20A%20Slug", 404, "article.not_found")]
    [InlineData("GET", "/v1/knowledge/search", 400, "request.invalid")]
    [InlineData("GET", "/v1/knowledge/search?q=order&language=klingon", 400, "request.invalid")]
    [InlineData("POST", "/v1/nlu/analyze", 400, "request.invalid", "{\"text\":\"\"}")]
    [InlineData("POST", "/v1/nlu/analyze", 400, "request.invalid", "{\"text\":7}")]
    [InlineData("POST", "/v1/nlu/analyze", 400, "request.invalid", "not json")]
    [InlineData("POST", "/v1/nlu/analyze", 415, "request.media_type", "hello", "text/plain")]
    [InlineData("POST", "/v1/inboxes/nowhere/messages", 404, "inbox.not_found", "{\"address\":\"a\",\"text\":\"b\"}")]
    [InlineData("POST", "/v1/inboxes/api/messages", 400, "request.invalid", "{\"address\":\"\",\"text\":\"b\"}")]
    [InlineData("POST", "/v1/inboxes/api/messages", 400, "request.invalid", "{\"address\":\"a\"}")]
    public async Task A_bad_request_is_a_problem_with_a_code(string method, string path, int status, string code, string? body = null, string type = "application/json")
    {
        var host = shared.Host;
        using var request = new HttpRequestMessage(new(method), path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, type) };

        await Problem.AssertAsync(await host.Api.SendAsync(request), (HttpStatusCode)status, code);
    }

    [Fact]
    public async Task A_field_that_is_wrong_is_named()
    {
        var host = shared.Host;

        var problem = await Problem.AssertAsync(await host.Api.PostAsJsonAsync("/v1/inboxes/api/messages", new { address = "a" }), HttpStatusCode.BadRequest, "request.invalid");

        Assert.Equal("text", problem["errors"]![0]!["field"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_grain_that_does_not_answer_is_a_503_without_its_text()
    {
        await using var host = await GatewayHost.StartAsync();
        host.Assistant.IsBroken = true;

        var answer = await host.Api.GetAsync("/v1/articles");

        var problem = await Problem.AssertAsync(answer, HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.NotNull(answer.Headers.RetryAfter);
        Assert.DoesNotContain("Played", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_cannot_be_sniffed_framed_or_kept()
    {
        var host = shared.Host;

        foreach (var answer in new[] { await host.Api.GetAsync("/v1/articles"), await host.Http.GetAsync("/v1/articles"), await host.Api.GetAsync("/v1/articles?audience=3") })
        {
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Equal("default-src 'none'; frame-ancestors 'none'", answer.Headers.GetValues("Content-Security-Policy").Single());
            Assert.True(answer.Headers.CacheControl!.NoStore);
        }
    }

    [Fact]
    public async Task A_text_is_understood()
    {
        var host = shared.Host;

        var analysis = await (await host.Api.PostAsJsonAsync("/v1/nlu/analyze", new { text = "Where is my order?" })).Content.ReadFromJsonAsync<JsonObject>();

        Assert.Equal("en", analysis!["language"]!["code"]!.GetValue<string>());
        Assert.Equal("greeting", analysis["intents"]![0]!["intent"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_contact_reads_only_articles_for_everybody()
    {
        var host = shared.Host;
        host.Assistant.Articles.Add(Article("returns", Audience.Public));
        host.Assistant.Articles.Add(Article("refund-limits", Audience.Agent));
        using var fromAnywhere = new HttpRequestMessage(HttpMethod.Get, "/chat/v1/articles/returns?version=v1") { Headers = { { "Origin", "https://any.example" } } };

        var shown = await host.Http.SendAsync(fromAnywhere);
        var hidden = await host.Http.GetAsync("/chat/v1/articles/refund-limits");
        var forAgents = await host.Api.GetAsync("/v1/articles/refund-limits");

        Assert.Equal("*", shown.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Equal(
            """{"id":"returns","version":"v1","title":"returns","language":"en","updatedAt":"2026-01-05T00:00:00+00:00","html":"<p>Text</p>"}""", await shown.Content.ReadAsStringAsync());
        await Problem.AssertAsync(hidden, HttpStatusCode.NotFound, "article.not_found");
        Assert.Equal("agent", (await forAgents.Content.ReadFromJsonAsync<JsonObject>())!["audience"]!.GetValue<string>());
    }

    private static Article Article(string id, Audience audience) =>
        new(ArticleId.Parse(id), "v1", id, "en", audience, new(2026, 1, 5, 0, 0, 0, TimeSpan.Zero), "Text", "<p>Text</p>", "orders");
}
