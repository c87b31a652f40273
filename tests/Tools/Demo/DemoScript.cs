using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerService.Demo;

/// <summary>One conversation of the script; its <c>expect</c> is a hint for readers and is not read here.</summary>
internal sealed record DemoConversation(string Id, string Name, ImmutableArray<DemoMessage> Messages)
{
    public static ImmutableArray<DemoConversation> Read(string path) =>
        [.. File.ReadLines(path).Where(line => line.Length > 0).Select(line => JsonSerializer.Deserialize(line, DemoJson.Default.DemoConversation)!)];
}

/// <summary>One message, and how long the contact waits before sending it.</summary>
internal sealed record DemoMessage(string Text, [property: JsonPropertyName("pause_ms")] int PauseMs = 0)
{
    /// <summary>Below this pause the contact does not wait for an answer: messages come in a burst.</summary>
    public const int BurstMs = 1000;

    public bool IsBurst => PauseMs is > 0 and < BurstMs;
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DemoConversation))]
internal sealed partial class DemoJson : JsonSerializerContext;
