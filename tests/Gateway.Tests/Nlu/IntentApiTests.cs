using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;

namespace CustomerService.Nlu;

/// <summary>The tenant's own intents by the API, over the real grains with the real encoder.</summary>
public sealed class IntentApiTests
{
    private static readonly object[] _garden =
    [
        new { text = "Please mow my lawn on Friday", intent = "book_mowing" }, new { text = "The grass is too high, can you cut it?", intent = "book_mowing" },
        new { text = "My apple tree needs pruning", intent = "prune_tree" }, new { text = "Cut the branches over the roof", intent = "prune_tree" },
    ];

    [Fact]
    public async Task From_examples_to_a_version_that_classifies_and_back_again()
    {
        await using var host = await GatewayHost.StartAsync();
        Assert.Equal(4, (await PostAsync(host, "examples", new { examples = _garden }))["added"]!.AsArray().Count);

        var begun = await host.Api.PostAsync("/v1/intents/train", null);
        var status = await UntilAsync(host, status => status["versions"]!.AsArray().Count == 1);
        var version = await GetAsync(host, "versions/1");
        Assert.Equal(1, (await PostAsync(host, "activate", new { version = 1 }))["active"]!.GetValue<int>());
        var classified = await PostAsync(host, "classify", new { texts = new[] { "mow the grass" } });
        var off = await PostAsync(host, "activate", new { version = (int?)null });

        Assert.Equal(HttpStatusCode.Accepted, begun.StatusCode);
        Assert.Equal("done", status["training"]!["stage"]!.GetValue<string>());
        Assert.Equal(["book_mowing", "prune_tree"], version["quality"]!["intents"]!.AsArray().Select(intent => intent!["intent"]!.GetValue<string>()));
        Assert.Equal("book_mowing", classified["items"]![0]!["intent"]!.GetValue<string>());
        Assert.Null(off["active"]);
        await Problem.AssertAsync(await host.Api.PostAsJsonAsync("/v1/intents/classify", new { texts = new[] { "a" } }), HttpStatusCode.Conflict, "intents.none_active");
        Assert.Equal("book_mowing", (await PostAsync(host, "classify", new { texts = new[] { "mow the grass" }, version = 1 }))["items"]![0]!["intent"]!.GetValue<string>());
    }

    [Fact]
    public async Task One_call_trains_on_examples_and_classifies_texts_and_leaves_nothing_behind()
    {
        await using var host = await GatewayHost.StartAsync();

        var trial = await PostAsync(host, "trial", new { examples = _garden, texts = new[] { "mow the grass", "prune the tree" } });

        Assert.Equal(["book_mowing", "prune_tree"], trial["texts"]!.AsArray().Select(text => text!["intent"]!.GetValue<string>()));
        Assert.InRange(trial["quality"]!["accuracy"]!.GetValue<double>(), 0, 1);
        Assert.Equal(0, (await GetAsync(host, ""))["examples"]!.GetValue<int>());
    }

    [Fact]
    public async Task Examples_are_listed_changed_renamed_and_removed()
    {
        await using var host = await GatewayHost.StartAsync();
        await PostAsync(host, "examples", new { examples = _garden });

        var changed = await host.Api.PutAsJsonAsync("/v1/intents/examples/1", new { text = "Mow it", intent = "lawn" });
        var renamed = await PostAsync(host, "rename", new { intent = "book_mowing", name = "lawn" });
        var deleted = await host.Api.DeleteAsync("/v1/intents/examples/2");
        var removed = await PostAsync(host, "remove", new { intent = "prune_tree" });
        var left = await GetAsync(host, "examples?intent=lawn");

        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        Assert.Equal(2, renamed["examples"]!.GetValue<int>());
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(2, removed["examples"]!.GetValue<int>());
        Assert.Equal("Mow it", left["items"]!.AsArray().Single()!["text"]!.GetValue<string>());
        await Problem.AssertAsync(await host.Api.DeleteAsync("/v1/intents/examples/2"), HttpStatusCode.NotFound, "intents.example_not_found");
    }

    [Theory]
    [InlineData("text/csv", "text,intent\none,a\ntwo,b\n"), InlineData("text/tab-separated-values; charset=utf-8", "intent\ttext\na\tone\nb\ttwo\n")]
    [InlineData("application/jsonl", "{\"text\":\"one\",\"intent\":\"a\"}\n{\"text\":\"two\",\"intent\":\"b\"}"), InlineData("application/x-ndjson", "{\"text\":\"one\",\"intent\":\"a\"}\n{\"text\":\"two\",\"intent\":\"b\"}")]
    public async Task A_file_of_examples_is_imported(string type, string content)
    {
        await using var host = await GatewayHost.StartAsync();

        var imported = await ImportAsync(host, type, content);

        Assert.Equal(HttpStatusCode.OK, imported.StatusCode);
        Assert.Equal(2, (await GetAsync(host, ""))["examples"]!.GetValue<int>());
    }

    [Fact]
    public async Task What_cannot_be_done_is_refused_with_a_code_and_changes_nothing()
    {
        await using var host = await GatewayHost.StartAsync();

        await Problem.AssertAsync(await host.Api.PostAsync("/v1/intents/train", null), HttpStatusCode.BadRequest, "intents.count_invalid");
        await Problem.AssertAsync(await host.Api.PostAsync("/v1/intents/train/cancel", null), HttpStatusCode.Conflict, "intents.not_training");
        await Problem.AssertAsync(await host.Api.GetAsync("/v1/intents/versions/1"), HttpStatusCode.NotFound, "intents.version_not_found");
        await Problem.AssertAsync(await host.Api.PostAsJsonAsync("/v1/intents/activate", new { version = 1 }), HttpStatusCode.NotFound, "intents.version_not_found");
        await Problem.AssertAsync(await host.Api.PostAsJsonAsync("/v1/intents/examples", new { }), HttpStatusCode.BadRequest, "request.invalid");
        await Problem.AssertAsync(await host.Api.PostAsJsonAsync("/v1/intents/examples", new { examples = new[] { new { text = "one" } } }), HttpStatusCode.BadRequest, "intents.name_invalid");
        await Problem.AssertAsync(await host.Api.GetAsync("/v1/intents/examples?limit=501"), HttpStatusCode.BadRequest, "request.invalid");
        await Problem.AssertAsync(await host.Api.PutAsJsonAsync("/v1/intents/examples/9", new { text = "a", intent = "b" }), HttpStatusCode.NotFound, "intents.example_not_found");
        await Problem.AssertAsync(await host.Api.PostAsJsonAsync("/v1/intents/rename", new { intent = "a", name = "b" }), HttpStatusCode.NotFound, "intents.intent_not_found");
        await Problem.AssertAsync(await host.Api.PostAsJsonAsync("/v1/intents/trial", new { examples = _garden }), HttpStatusCode.BadRequest, "request.invalid");
        await Problem.AssertAsync(await host.Api.PostAsJsonAsync("/v1/intents/classify", new { texts = Enumerable.Repeat("a", IIntentClassifierGrain.MaxTexts + 1) }), HttpStatusCode.BadRequest, "request.invalid");
        await Problem.AssertAsync(await host.Api.PostAsJsonAsync("/v1/intents/unsure/1/label", new { intent = "a" }), HttpStatusCode.NotFound, "intents.message_not_found");
        await Problem.AssertAsync(await host.Api.PostAsJsonAsync("/v1/nlu/analyze/batch", new { texts = Enumerable.Repeat("a", 1_001) }), HttpStatusCode.BadRequest, "request.invalid");
        await Problem.AssertAsync(await host.Api.PostAsJsonAsync("/v1/nlu/analyze/batch", new { texts = new[] { "" } }), HttpStatusCode.BadRequest, "request.invalid");
        await Problem.AssertAsync(await ImportAsync(host, "text/csv", "one,two\n"), HttpStatusCode.BadRequest, "texts.unreadable");
        await Problem.AssertAsync(await ImportAsync(host, "text/plain", "one\n"), HttpStatusCode.UnsupportedMediaType, "request.media_type");
        Assert.Equal(0, (await GetAsync(host, ""))["examples"]!.GetValue<int>());
    }

    [Fact]
    public async Task A_batch_of_texts_is_understood_in_its_order()
    {
        await using var host = await GatewayHost.StartAsync();

        var answer = await host.Api.PostAsJsonAsync("/v1/nlu/analyze/batch", new { texts = Enumerable.Range(0, 40).Select(i => $"text {i}") });

        Assert.Equal(40, (await answer.Content.ReadFromJsonAsync<JsonObject>())!["items"]!.AsArray().Count);
    }

    private static async Task<HttpResponseMessage> ImportAsync(GatewayHost host, string type, string content)
    {
        using var body = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        body.Headers.TryAddWithoutValidation("Content-Type", type);
        return await host.Api.PostAsync("/v1/intents/examples/import", body);
    }

    private static async Task<JsonObject> GetAsync(GatewayHost host, string path) => (await host.Api.GetFromJsonAsync<JsonObject>($"/v1/intents/{path}"))!;

    private static async Task<JsonObject> PostAsync(GatewayHost host, string path, object body)
    {
        var answer = await host.Api.PostAsJsonAsync($"/v1/intents/{path}", body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }

    private static async Task<JsonObject> UntilAsync(GatewayHost host, Func<JsonObject, bool> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        JsonObject status;
        while (!holds(status = await GetAsync(host, "")))
            await Task.Delay(20, limit.Token);
        return status;
    }
}
