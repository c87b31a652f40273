using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CustomerService.Nlu;

/// <summary>The tenant's own entities by the API, over the real grains with the real recogniser.</summary>
public sealed class EntityApiTests(SharedHost shared) : IClassFixture<SharedHost>
{
    private static readonly object _policy = new { name = "policy_number", pattern = "KV-[0-9]{4}" };
    private static readonly object _product = new { name = "product", values = new object[] { new { value = "Aero 3 Pro", forms = new[] { "a3p" } } }, isPersonal = false };

    [Fact]
    public async Task Entities_are_replaced_as_a_whole_by_who_knows_their_version()
    {
        await using var host = await GatewayHost.StartAsync();
        Assert.Equal("""{"version":0,"entities":[]}""", await host.Api.GetStringAsync("/v1/entities"));

        var stored = await host.Api.PutAsJsonAsync("/v1/entities", new { version = 0, entities = new[] { _policy, _product } });
        var late = await host.Api.PutAsJsonAsync("/v1/entities", new { version = 0, entities = new[] { _policy } });

        Assert.Equal(HttpStatusCode.OK, stored.StatusCode);
        await Problem.AssertAsync(late, HttpStatusCode.Conflict, "entities.changed");
        const string expected = """{"version":1,"entities":[{"name":"policy_number","pattern":"KV-[0-9]{4}","values":[],"isPersonal":true},{"name":"product","pattern":null,"values":[{"value":"Aero 3 Pro","forms":["a3p"]}],"isPersonal":false}]}""";
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(await stored.Content.ReadAsStringAsync())), await stored.Content.ReadAsStringAsync());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), JsonNode.Parse(await host.Api.GetStringAsync("/v1/entities"))));
    }

    [Fact]
    public async Task A_trial_finds_the_entities_of_a_text_and_stores_nothing()
    {
        await using var host = await GatewayHost.StartAsync();

        var answer = await host.Api.PostAsJsonAsync("/v1/entities/trial", new { entities = new[] { _policy, _product }, text = "KV-1234 and my A3P" });
        var items = (await answer.Content.ReadFromJsonAsync<JsonObject>())!["items"]!.AsArray();

        Assert.Equal(["policy_number 0 KV-1234", "product 15 Aero 3 Pro"], items.Select(item => $"{item!["name"]} {item["offset"]} {item["value"]}"));
        Assert.Equal("""{"version":0,"entities":[]}""", await host.Api.GetStringAsync("/v1/entities"));
    }

    [Theory]
    [InlineData("""{"entities":[]}""", "request.invalid"), InlineData("""{"version":0}""", "request.invalid"), InlineData("""{"version":0,"entities":[null]}""", "request.invalid")]
    [InlineData("""{"version":0,"entities":[{"name":"a","values":[null]}]}""", "request.invalid"), InlineData("""{"version":0,"entities":[{"pattern":"x"}]}""", "entities.name_invalid")]
    [InlineData("""{"version":0,"entities":[{"name":"a","pattern":"x"},{"name":"a","pattern":"y"}]}""", "entities.name_twice"), InlineData("""{"version":0,"entities":[{"name":"a"}]}""", "entities.empty")]
    [InlineData("""{"version":0,"entities":[{"name":"a","pattern":"("}]}""", "entities.pattern_invalid"), InlineData("""{"version":0,"entities":[{"name":"a","pattern":"x*"}]}""", "entities.pattern_empty")]
    [InlineData("""{"version":0,"entities":[{"name":"a","values":[{"forms":["b"]}]}]}""", "entities.values_invalid"), InlineData("""{"version":0,"entities":[{"name":"a","values":[{"value":"b","forms":["c"]},{"value":"c"}]}]}""", "entities.form_twice")]
    public async Task What_is_refused_has_a_code_and_changes_nothing(string body, string code)
    {
        var host = shared.Host;

        await Problem.AssertAsync(await host.Api.PutAsync("/v1/entities", Json(body)), HttpStatusCode.BadRequest, code);
        Assert.Equal("""{"version":0,"entities":[]}""", await host.Api.GetStringAsync("/v1/entities"));
    }

    [Theory]
    [InlineData("""{"entities":[]}"""), InlineData("""{"text":"a"}"""), InlineData("""{"entities":[],"text":"a","language":"tlh"}""")]
    public async Task A_trial_without_a_text_or_entities_is_refused(string body)
    {
        var host = shared.Host;

        await Problem.AssertAsync(await host.Api.PostAsync("/v1/entities/trial", Json(body)), HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task A_key_that_may_only_read_sees_them_and_changes_nothing()
    {
        const string key = "csk_only_reads";
        await using var host = await GatewayHost.StartAsync(("Gateway:ApiKeys:0:Name", "reports"), ("Gateway:ApiKeys:0:Sha256", Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)))));
        await Problem.AssertAsync(await host.Http.GetAsync("/v1/entities"), HttpStatusCode.Unauthorized, "key.invalid");
        host.Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync("/v1/entities")).StatusCode);
        await Problem.AssertAsync(await host.Http.PutAsync("/v1/entities", Json("""{"version":0,"entities":[]}""")), HttpStatusCode.Forbidden, "key.scope");
        await Problem.AssertAsync(await host.Http.PostAsync("/v1/entities/trial", Json("""{"entities":[],"text":"a"}""")), HttpStatusCode.Forbidden, "key.scope");
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
