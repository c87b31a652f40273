using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;

namespace CustomerService.Channels.WebChat;

/// <summary>The test vectors of the protocol, replayed over real sockets.</summary>
public sealed class ChatVectorTests
{
    private static readonly string Folder = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(Here())!, "../../../../docs/protocol/vectors"));

    public static TheoryData<string> Vectors => [.. Directory.GetFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Vectors))]
    public async Task The_gateway_speaks_as_the_vector_says(string vector)
    {
        await using var host = await GatewayHost.StartAsync();

        await new ChatVector(host, JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Folder, vector + ".json")))!.AsObject()).PlayAsync();
    }

    private static string Here([CallerFilePath] string path = "") => path;
}
