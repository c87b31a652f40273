using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerService.Conversations;

/// <summary>A text that is kept for long and read rarely: as UTF-8 it takes half the memory. Equal when the texts are.</summary>
[JsonConverter(typeof(Form))]
internal readonly struct CompactText : IEquatable<CompactText>
{
    private readonly byte[] _bytes;

    public CompactText(string text) => _bytes = Encoding.UTF8.GetBytes(text);

    public CompactText(ReadOnlySpan<byte> utf8) => _bytes = utf8.ToArray();

    public ReadOnlySpan<byte> Utf8 => _bytes;

    public bool Equals(CompactText other) => _bytes.AsSpan().SequenceEqual(other._bytes);

    public override bool Equals(object? obj) => obj is CompactText other && Equals(other);

    public override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    public override string ToString() => Encoding.UTF8.GetString(_bytes);

    /// <summary>In JSON it is a string like any other.</summary>
    internal sealed class Form : JsonConverter<CompactText>
    {
        public override CompactText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => new(reader.GetString()!);

        public override void Write(Utf8JsonWriter writer, CompactText value, JsonSerializerOptions options) => writer.WriteStringValue(value._bytes);
    }
}
