using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace CustomerService.Api;

/// <summary>The API's description is a file of its own; it changes only by a visible diff.</summary>
public sealed class DescriptionTests
{
    private static readonly string Golden = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../docs/api/openapi-v1.json"));

    /// <summary>Set UPDATE_GOLDEN=1 to write the file after a wanted change.</summary>
    [Fact]
    public async Task The_description_is_the_golden_file()
    {
        await using var host = await GatewayHost.StartAsync();

        var now = await host.Http.GetStringAsync("/openapi/v1.json");
        if (Environment.GetEnvironmentVariable("UPDATE_GOLDEN") == "1")
            await File.WriteAllTextAsync(Golden, now.TrimEnd() + "\n");

        Assert.Equal(await File.ReadAllTextAsync(Golden), now.TrimEnd() + "\n");
        Assert.StartsWith("3.1", JsonNode.Parse(now)!["openapi"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_operation_has_a_name_a_summary_and_its_errors()
    {
        await using var host = await GatewayHost.StartAsync();

        var paths = JsonNode.Parse(await host.Http.GetStringAsync("/openapi/v1.json"))!["paths"]!.AsObject();
        var operations = paths.SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!.AsObject()).ToList();

        Assert.True(operations.Count >= 15, $"{operations.Count} operations");
        Assert.All(operations, operation =>
        {
            Assert.NotNull(operation["operationId"]);
            Assert.NotNull(operation["summary"]);
            Assert.NotNull(operation["responses"]!["401"]);
            Assert.NotNull(operation["responses"]!["429"]);
        });
    }

    [Fact]
    public async Task The_page_that_shows_it_is_served()
    {
        await using var host = await GatewayHost.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await host.Http.GetAsync("/docs/index.html")).StatusCode);
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
