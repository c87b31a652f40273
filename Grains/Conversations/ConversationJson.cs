using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerService.Nlu;

namespace CustomerService.Conversations;

/// <summary>How conversations are stored: compact JSON, numbers for enums, nothing escaped that UTF-8 can hold.</summary>
[JsonSerializable(typeof(ConversationEvent)), JsonSerializable(typeof(Conversation))]
internal sealed partial class ConversationJson : JsonSerializerContext
{
    private static readonly ConversationJson Stored = new(new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new PointForm(), new EntityForm() },
    });

    public static byte[] Write(ConversationEvent what) => JsonSerializer.SerializeToUtf8Bytes(what, Stored.ConversationEvent);

    public static ConversationEvent ReadEvent(ReadOnlySpan<byte> bytes) => JsonSerializer.Deserialize(bytes, Stored.ConversationEvent)!;

    /// <summary>A snapshot: how many bytes of recent ids, those, then the rest as JSON.</summary>
    public static byte[] Write(Conversation conversation)
    {
        var bytes = new ArrayBufferWriter<byte>(1024);
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.GetSpan(2), (ushort)conversation.Recent.Bytes.Length);
        bytes.Advance(2);
        bytes.Write(conversation.Recent.Bytes);
        using var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        JsonSerializer.Serialize(json, conversation, Stored.Conversation);
        return bytes.WrittenSpan.ToArray();
    }

    public static Conversation ReadConversation(ReadOnlySpan<byte> bytes)
    {
        var recent = bytes.Slice(2, BinaryPrimitives.ReadUInt16LittleEndian(bytes));
        return JsonSerializer.Deserialize(bytes[(2 + recent.Length)..], Stored.Conversation)! with { Recent = RecentIds.Of(recent) };
    }

    // Many and small: as arrays they take a third.
    private sealed class PointForm : JsonConverter<SentimentPoint>
    {
        public override SentimentPoint Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            reader.Read();
            var sequence = reader.GetInt64();
            reader.Read();
            var value = reader.GetDouble();
            reader.Read();
            var smoothed = reader.GetDouble();
            reader.Read();
            return new(sequence, value, smoothed);
        }

        public override void Write(Utf8JsonWriter writer, SentimentPoint value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue(value.Sequence);
            writer.WriteNumberValue(value.Value);
            writer.WriteNumberValue(value.Smoothed);
            writer.WriteEndArray();
        }
    }

    private sealed class EntityForm : JsonConverter<Entity>
    {
        public override Entity Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
        {
            reader.Read();
            var kind = (EntityKind)reader.GetInt32();
            reader.Read();
            var offset = reader.GetInt32();
            reader.Read();
            var length = reader.GetInt32();
            reader.Read();
            var text = reader.GetString()!;
            reader.Read();
            var value = reader.GetString()!;
            reader.Read();
            var confidence = reader.GetDouble();
            reader.Read();
            return new(kind, offset, length, text, value, confidence);
        }

        public override void Write(Utf8JsonWriter writer, Entity value, JsonSerializerOptions options)
        {
            writer.WriteStartArray();
            writer.WriteNumberValue((int)value.Kind);
            writer.WriteNumberValue(value.Offset);
            writer.WriteNumberValue(value.Length);
            writer.WriteStringValue(value.Text);
            writer.WriteStringValue(value.Value);
            writer.WriteNumberValue(value.Confidence);
            writer.WriteEndArray();
        }
    }
}
