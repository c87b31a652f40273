using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using CustomerService.Conversations;

namespace CustomerService.Api;

/// <summary>Conversations over the API.</summary>
public sealed class ConversationApiTests
{
    [Fact]
    public async Task A_thousand_first_messages_at_once_from_one_address_open_one_conversation()
    {
        await using var host = await GatewayHost.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(number =>
            host.Api.PostAsJsonAsync("/v1/inboxes/api/messages", new { address = "grace@shop.example", text = $"Message {number}", id = $"m-{number}" })));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        var posted = await Task.WhenAll(answers.Select(answer => answer.Content.ReadFromJsonAsync<JsonObject>()));
        var conversation = Assert.Single(posted.Select(one => one!["conversation"]!.GetValue<string>()).Distinct());
        var entries = await host.Conversation(conversation).AllAsync();
        Assert.Equal(Enumerable.Range(1, entries.Length).Select(number => (long)number), entries.Select(entry => entry.Sequence));
        Assert.Equal(1000, entries.Select(entry => entry.Event).OfType<MessagePosted>().Count(message => message.Message.Author.Kind is AuthorKind.Contact));
    }

    [Fact]
    public async Task The_same_message_a_thousand_times_at_once_is_stored_once()
    {
        await using var host = await GatewayHost.StartAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 1000).Select(_ =>
            host.Api.PostAsJsonAsync("/v1/inboxes/api/messages", new { address = "grace@shop.example", text = "Hello", id = "m-1" })));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(999, answers.Count(answer => answer.StatusCode == HttpStatusCode.OK));
        Assert.Single((await Task.WhenAll(answers.Select(answer => answer.Content.ReadFromJsonAsync<JsonObject>()))).Select(one => one!["sequence"]!.GetValue<long>()).Distinct());
    }

    [Fact]
    public async Task An_agent_takes_replies_notes_hands_back_resolves_and_reopens()
    {
        await using var host = await GatewayHost.StartAsync();
        var path = await ConversationAsync(host, "m-1");

        await Problem.AssertAsync(await host.Api.PostAsJsonAsync($"{path}/messages", new { text = "Hello" }), HttpStatusCode.Conflict, "baton.not_held");
        Assert.Equal("supervisor", (await SendAsync(host, $"{path}/take"))["holder"]!.GetValue<string>());
        var reply = await SendAsync(host, $"{path}/messages", new { text = "Hello", id = "r-1" });
        var repeat = await SendAsync(host, $"{path}/messages", new { text = "Hello", id = "r-1" });
        await SendAsync(host, $"{path}/notes", new { text = "Calm." });
        Assert.Equal("assistant", (await SendAsync(host, $"{path}/hand-back"))["holder"]!.GetValue<string>());
        Assert.Equal("resolved", (await SendAsync(host, $"{path}/resolve"))["status"]!.GetValue<string>());
        Assert.Equal("open", (await SendAsync(host, $"{path}/reopen"))["status"]!.GetValue<string>());

        Assert.Equal(reply["sequence"]!.GetValue<long>(), repeat["sequence"]!.GetValue<long>());
        Assert.True(repeat["isRepeat"]!.GetValue<bool>());
        var read = (await host.Api.GetFromJsonAsync<JsonObject>($"{path}/messages"))!["entries"]!.AsArray().Select(entry => entry!["event"]!["type"]!.GetValue<string>());
        Assert.Equal(["started", "message", "baton", "message", "note", "baton", "status", "status", "baton"], read);
        Assert.Equal("api.development", (await host.Api.GetFromJsonAsync<JsonObject>(path))!["row"]!["baton"]!["agent"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_does_not_exist_is_not_found()
    {
        await using var host = await GatewayHost.StartAsync();
        var path = $"/v1/conversations/{Guid.NewGuid():N}";

        await Problem.AssertAsync(await host.Api.GetAsync(path), HttpStatusCode.NotFound, "conversation.not_found");
        await Problem.AssertAsync(await host.Api.GetAsync(path + "/messages"), HttpStatusCode.NotFound, "conversation.not_found");
        await Problem.AssertAsync(await host.Api.PostAsync(path + "/take", null), HttpStatusCode.NotFound, "conversation.not_found");
        await Problem.AssertAsync(await host.Api.GetAsync("/v1/conversations/not-a-guid"), HttpStatusCode.NotFound, "route.not_found");
    }

    [Fact]
    public async Task The_list_pages_through_everything_once_newest_first_while_it_grows()
    {
        await using var host = await GatewayHost.StartAsync();
        for (var number = 0; number < 25; number++)
            await ConversationAsync(host, $"m-{number}", $"contact-{number}");

        List<string> seen = [];
        string? next = null;
        do
        {
            var page = await host.Api.GetFromJsonAsync<JsonObject>($"/v1/conversations?page[size]=10{(next is null ? "" : $"&page[after]={next}")}");
            seen.AddRange(page!["items"]!.AsArray().Select(row => row!["origin"]!["channel"]!["address"]!.GetValue<string>()));
            next = page["next"]?.GetValue<string>();
            await ConversationAsync(host, $"late-{seen.Count}", $"late-{seen.Count}");
        }
        while (next is not null);

        Assert.Equal(Enumerable.Range(0, 25).Reverse().Select(number => $"contact-{number}"), seen);
    }

    [Fact]
    public async Task The_list_forgets_what_is_resolved_and_can_be_narrowed()
    {
        await using var host = await GatewayHost.StartAsync();
        var taken = await ConversationAsync(host, "m-1", "one");
        await ConversationAsync(host, "m-2", "two");
        var done = await ConversationAsync(host, "m-3", "three");
        await SendAsync(host, taken + "/take");
        await host.Api.GetAsync("/v1/conversations");
        await SendAsync(host, done + "/resolve");

        Assert.Equal(["one"], await AddressesAsync(host, "?holder=supervisor"));
        Assert.Equal(["one", "two"], (await AddressesAsync(host, "")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_idempotency_key_gives_the_first_answer_again_and_refuses_another_body()
    {
        await using var host = await GatewayHost.StartAsync();

        var first = await PostAsync(host, "key-1", "Hello");
        var again = await PostAsync(host, "key-1", "Hello");
        var other = await PostAsync(host, "key-1", "Something else");

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
        await Problem.AssertAsync(other, HttpStatusCode.UnprocessableEntity, "idempotency.reused");
    }

    [Theory]
    [InlineData(10_001, "message.too_long")]
    [InlineData(0, "message.empty")]
    public async Task A_text_out_of_its_limits_is_refused(int length, string code)
    {
        await using var host = await GatewayHost.StartAsync();

        await Problem.AssertAsync(await host.Api.PostAsJsonAsync("/v1/inboxes/api/messages", new { address = "a", text = new string('a', length) }), HttpStatusCode.BadRequest, code);
        Assert.Equal(HttpStatusCode.Created, (await host.Api.PostAsJsonAsync("/v1/inboxes/api/messages", new { address = "a", text = new string('a', 10_000) })).StatusCode);
    }

    private static Task<HttpResponseMessage> PostAsync(GatewayHost host, string key, string text) =>
        host.Api.SendAsync(new(HttpMethod.Post, "/v1/inboxes/api/messages") { Content = JsonContent.Create(new { address = "a", text }), Headers = { { "Idempotency-Key", key } } });

    private static async Task<string> ConversationAsync(GatewayHost host, string id, string address = "grace@shop.example")
    {
        var answer = await host.Api.PostAsJsonAsync("/v1/inboxes/api/messages", new { address, text = "Hello", id });
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        return answer.Headers.Location!.ToString();
    }

    private static async Task<JsonObject> SendAsync(GatewayHost host, string path, object? body = null)
    {
        var answer = await host.Api.PostAsync(path, body is null ? null : JsonContent.Create(body));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private static async Task<string[]> AddressesAsync(GatewayHost host, string query) =>
        [.. (await host.Api.GetFromJsonAsync<JsonObject>("/v1/conversations" + query))!["items"]!.AsArray().Select(row => row!["origin"]!["channel"]!["address"]!.GetValue<string>())];
}
