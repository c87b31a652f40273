using System.Buffers;
using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerService.Nlu;

namespace CustomerService.Conversations;

/// <summary>How conversations are stored: compact JSON, numbers for enums, nothing escaped that UTF-8 can hold.</summary>
[JsonSerializable(typeof(ConversationEvent)), JsonSerializable(typeof(Conversation)), JsonSerializable(typeof(Analysis)), JsonSerializable(typeof(Answers.Answer))]
internal sealed partial class ConversationJson : JsonSerializerContext
{
    internal static readonly ConversationJson Stored = new(new JsonSerializerOptions
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new PointForm(), new EntityForm() },
    });

    // One per thread: the buffers of a writer cost more than what is written.
    [ThreadStatic]
    private static Scratch? s_scratch;

    public static byte[] Write(ConversationEvent what)
    {
        var scratch = s_scratch ??= new();
        if (what is MessagePosted posted)
            WriteMessage(scratch.Start(), posted.Message);
        else
            JsonSerializer.Serialize(scratch.Start(), what, Stored.ConversationEvent);
        return scratch.Finish().ToArray();
    }

    public static ConversationEvent ReadEvent(ReadOnlySpan<byte> bytes) => JsonSerializer.Deserialize(bytes, Stored.ConversationEvent)!;

    /// <summary>A snapshot: how many bytes of recent ids, those, then the rest as JSON.</summary>
    public static byte[] Write(Conversation conversation) => Snapshot(conversation).ToArray();

    /// <summary>The same without a copy: good until this thread writes the next.</summary>
    public static ReadOnlySpan<byte> Snapshot(Conversation conversation)
    {
        var scratch = s_scratch ??= new();
        var recent = conversation.Recent.Bytes;
        BinaryPrimitives.WriteUInt16LittleEndian(scratch.Prefix(2), (ushort)recent.Length);
        recent.CopyTo(scratch.Prefix(recent.Length));
        JsonSerializer.Serialize(scratch.Start(), conversation, Stored.Conversation);
        return scratch.Finish();
    }

    public static Conversation ReadConversation(ReadOnlySpan<byte> bytes)
    {
        var recent = bytes.Slice(2, BinaryPrimitives.ReadUInt16LittleEndian(bytes));
        return JsonSerializer.Deserialize(bytes[(2 + recent.Length)..], Stored.Conversation)! with { Recent = RecentIds.Of(recent) };
    }

    // What the serializer would write, without its stack of frames: this runs for every message.
    private static void WriteMessage(Utf8JsonWriter json, Message message)
    {
        json.WriteStartObject();
        json.WriteString("type"u8, "message"u8);
        json.WriteStartObject("Message"u8);
        json.WriteStartObject("Author"u8);
        json.WriteNumber("Kind"u8, (int)message.Author.Kind);
        if (message.Author.Id is { } id)
            json.WriteString("Id"u8, id);
        if (message.Author.Name is { } name)
            json.WriteString("Name"u8, name);
        json.WriteEndObject();
        json.WriteString("DedupId"u8, message.DedupId);
        json.WriteString("Text"u8, message.Text);
        if (message.Analysis is { } analysis)
        {
            json.WritePropertyName("Analysis"u8);
            JsonSerializer.Serialize(json, analysis, Stored.Analysis);
        }

        if (message.Answer is { } answer)
        {
            json.WritePropertyName("Answer"u8);
            JsonSerializer.Serialize(json, answer, Stored.Answer);
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private sealed class Scratch
    {
        // What one very long message needed is not kept.
        private const int MaxKept = 64 * 1024;

        private readonly Utf8JsonWriter _json;
        private ArrayBufferWriter<byte> _bytes = new(4096);

        public Scratch() => _json = new(_bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true });

        /// <summary>Room for what comes before the JSON.</summary>
        public Span<byte> Prefix(int length)
        {
            if (_bytes.Capacity > MaxKept)
                _bytes = new(4096);
            var room = _bytes.GetSpan(length)[..length];
            _bytes.Advance(length);
            return room;
        }

        public Utf8JsonWriter Start()
        {
            _json.Reset(_bytes);
            return _json;
        }

        /// <summary>What was written; the next begins anew.</summary>
        public ReadOnlySpan<byte> Finish()
        {
            _json.Flush();
            var written = _bytes.WrittenSpan;
            _bytes.ResetWrittenCount();
            return written;
        }
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
            if (reader.TokenType == JsonTokenType.EndArray)
                return new(kind, offset, length, text, value, confidence);
            var name = reader.GetString();
            reader.Read();
            return new(kind, offset, length, text, value, confidence, name);
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
            if (value.Name is not null)
                writer.WriteStringValue(value.Name);
            writer.WriteEndArray();
        }
    }
}
