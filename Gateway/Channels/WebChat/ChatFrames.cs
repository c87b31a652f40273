using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerService.Channels.WebChat;

/// <summary>A frame from a client: all fields of all types; section 3 of the protocol.</summary>
internal sealed record ClientFrame(
    string? Type, int? V, string? Token, string? Conversation, long? After, string? Id, string? Text, long? UpTo, bool? On);

/// <summary>A frame to a client; section 4 of the protocol.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(WelcomeFrame), "welcome")]
[JsonDerivedType(typeof(AckFrame), "ack")]
[JsonDerivedType(typeof(EntriesFrame), "entries")]
[JsonDerivedType(typeof(TypingFrame), "typing")]
[JsonDerivedType(typeof(TokenFrame), "token")]
[JsonDerivedType(typeof(PongFrame), "pong")]
[JsonDerivedType(typeof(ErrorFrame), "error")]
internal abstract record ServerFrame;

internal sealed record WelcomeFrame(
    int V,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Conversation,
    long LastSequence,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Status,
    ChatPerson Holder,
    ChatLimits Limits,
    DateTimeOffset ExpiresAt) : ServerFrame;

internal sealed record ChatLimits(int TextLength, int FrameBytes, int MessageBurst, int MessagesPerMinute);

internal sealed record AckFrame(string Id, string? Conversation = null, long? Sequence = null, DateTimeOffset? At = null, bool? Repeat = null) : ServerFrame;

internal sealed record EntriesFrame(string Conversation, ImmutableArray<ChatEntry> Entries, long UpTo, long LastSequence) : ServerFrame;

internal sealed record TypingFrame(ChatPerson Author, bool On) : ServerFrame;

internal sealed record TokenFrame(string Token, DateTimeOffset ExpiresAt) : ServerFrame;

internal sealed record PongFrame(DateTimeOffset At) : ServerFrame;

internal sealed record ErrorFrame(string Code, string Message, string? Id, bool Retryable, int? RetryAfter = null, ImmutableArray<int>? Supported = null) : ServerFrame
{
    public static ErrorFrame Of(Refusal refusal, string? id = null, int? retryAfter = null) =>
        new(refusal.Code, refusal.Detail, id, refusal.Kind is RefusalKind.TooMany or RefusalKind.Unavailable, retryAfter);
}

/// <summary>Reads and writes frames. Written text is not escaped for HTML: it goes to a JSON parser, and half of the languages would double in size.</summary>
internal static class ChatJson
{
    private static readonly ChatJsonContext Context = new(new JsonSerializerOptions(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        NumberHandling = JsonNumberHandling.Strict,
    });

    public static byte[] Write(ServerFrame frame) => JsonSerializer.SerializeToUtf8Bytes(frame, Context.ServerFrame);

    /// <returns>Null when the text is not a JSON object of the right types.</returns>
    public static ClientFrame? Read(ReadOnlySpan<byte> text)
    {
        try
        {
            return JsonSerializer.Deserialize(text, Context.ClientFrame);
        }
        // A lone half of a surrogate pair, escaped, is an InvalidOperationException of the reader.
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

[JsonSerializable(typeof(ServerFrame)), JsonSerializable(typeof(ClientFrame))]
internal sealed partial class ChatJsonContext : JsonSerializerContext;
