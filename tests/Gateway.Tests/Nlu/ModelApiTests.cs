using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace CustomerService.Nlu;

/// <summary>The sets of models by the API, over the real grain and the real weights.</summary>
public sealed class ModelApiTests : IDisposable
{
    private readonly DirectoryInfo _sets = Directory.CreateTempSubdirectory("gateway-tests-");

    public void Dispose() => _sets.Delete(recursive: true);

    [Fact]
    public async Task Versions_are_listed_with_their_cards_and_one_of_them_takes_over_and_is_rolled_back()
    {
        Add("2026-12");
        await using var host = await GatewayHost.StartAsync(("Nlu:Models", _sets.FullName));

        var before = (await host.Api.GetFromJsonAsync<JsonObject>("/v1/models"))!;
        var activated = await ActivateAsync(host, "2026-12");
        var rolledBack = await ActivateAsync(host, "built-in");

        Assert.Equal(["built-in", "2026-12"], before["versions"]!.AsArray().Select(version => version!["version"]!.GetValue<string>()));
        Assert.Equal(7, before["versions"]![0]!["parts"]!.AsArray().Count);
        Assert.All(before["versions"]![0]!["parts"]!.AsArray(), part => Assert.StartsWith("# ", part!["card"]!.GetValue<string>(), StringComparison.Ordinal));
        Assert.Equal("language", before["versions"]![1]!["parts"]!.AsArray().Single()!["name"]!.GetValue<string>());
        Assert.Equal(("built-in", "built-in"), (before["active"]!.GetValue<string>(), before["answers"]!.GetValue<string>()));
        Assert.Equal(("2026-12", "2026-12", "built-in"), (activated["active"]!.GetValue<string>(), activated["answers"]!.GetValue<string>(), activated["previous"]!.GetValue<string>()));
        Assert.Equal(("built-in", "2026-12"), (rolledBack["answers"]!.GetValue<string>(), rolledBack["previous"]!.GetValue<string>()));
    }

    [Fact]
    public async Task What_cannot_answer_is_refused_with_a_code_and_changes_nothing()
    {
        File.AppendAllText(Path.Combine(Add("damaged"), "language", "language.bin"), "x");
        await using var host = await GatewayHost.StartAsync(("Nlu:Models", _sets.FullName));

        await Problem.AssertAsync(await host.Api.PostAsync("/v1/models/damaged/activate", null), HttpStatusCode.Conflict, "models.hash_wrong");
        await Problem.AssertAsync(await host.Api.PostAsync("/v1/models/missing/activate", null), HttpStatusCode.NotFound, "models.version_not_found");
        await Problem.AssertAsync(await host.Api.PostAsync("/v1/models/..%2f..%2fetc/activate", null), HttpStatusCode.NotFound, "models.version_not_found");
        Assert.Equal("built-in", (await host.Api.GetFromJsonAsync<JsonObject>("/v1/models"))!["active"]!.GetValue<string>());
    }

    [Theory, InlineData("true", "Supervisor", HttpStatusCode.Forbidden), InlineData("false", "Admin", HttpStatusCode.Forbidden), InlineData("true", "Admin", HttpStatusCode.NotFound)]
    public async Task Only_a_key_that_may_write_with_the_role_of_an_administrator_chooses_models(string canWrite, string role, HttpStatusCode expected)
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes("csk_test")));
        await using var host = await GatewayHost.StartAsync(
            ("Gateway:ApiKeys:0:Name", "test"), ("Gateway:ApiKeys:0:Sha256", hash), ("Gateway:ApiKeys:0:CanWrite", canWrite), ("Gateway:ApiKeys:0:Role", role));
        host.Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "csk_test");

        await Problem.AssertAsync(await host.Api.PostAsync("/v1/models/missing/activate", null), expected, expected == HttpStatusCode.Forbidden ? "key.scope" : "models.version_not_found");
        Assert.Equal(HttpStatusCode.OK, (await host.Api.GetAsync("/v1/models")).StatusCode);
        await Problem.AssertAsync(await host.Http.PostAsync("/v1/models/missing/activate", null), HttpStatusCode.Unauthorized, "key.invalid");
    }

    private string Add(string version)
    {
        var folder = _sets.CreateSubdirectory(version).FullName;
        var part = Directory.CreateDirectory(Path.Combine(folder, ModelParts.Language)).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(ModelFolder.PathBesideProgram, ModelParts.Language)))
            File.Copy(file, Path.Combine(part, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(folder, ModelManifest.FileName), ModelManifest.Of(folder, DateTimeOffset.UnixEpoch, "").Write());
        return folder;
    }

    private static async Task<JsonObject> ActivateAsync(GatewayHost host, string version)
    {
        var answer = await host.Api.PostAsync($"/v1/models/{version}/activate", null);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return (await answer.Content.ReadFromJsonAsync<JsonObject>())!;
    }
}
