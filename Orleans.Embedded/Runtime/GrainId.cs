using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

/// <summary>The identity of a grain: its type and its key, written <c>type/key</c>.</summary>
[Immutable]
public readonly struct GrainId(GrainType type, IdSpan key) : IEquatable<GrainId>, IComparable<GrainId>, ISpanParsable<GrainId>, IFormattable
{
    public GrainType Type => type;

    public IdSpan Key => key;

    public bool IsDefault => type.IsDefault && key.IsDefault;

    public static GrainId Create(string type, string key) => Create(GrainType.Create(type), key);

    public static GrainId Create(GrainType type, string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new(type, IdSpan.Create(key));
    }

    public static GrainId Create(GrainType type, IdSpan key) => new(type, key);

    public static GrainId Parse(string value) => Parse(value.AsSpan());

    public static GrainId Parse(string value, IFormatProvider? provider) => Parse(value.AsSpan(), provider);

    public static GrainId Parse(ReadOnlySpan<char> value, IFormatProvider? provider = null) => TryParse(value, provider, out var id)
        ? id
        : throw new ArgumentException($"Unable to parse \"{value}\" as a grain id", nameof(value));

    public static bool TryParse(string? value, out GrainId result) => TryParse(value.AsSpan(), null, out result);

    public static bool TryParse([NotNullWhen(true)] string? value, IFormatProvider? provider, out GrainId result) => TryParse(value.AsSpan(), provider, out result);

    public static bool TryParse(ReadOnlySpan<char> value, IFormatProvider? provider, out GrainId result)
    {
        var slash = value.IndexOf('/');
        result = slash < 0 ? default : new(new GrainType(IdSpan.Create(value[..slash].ToString())), IdSpan.Create(value[(slash + 1)..].ToString()));
        return slash >= 0;
    }

    public bool Equals(GrainId other) => key.Equals(other.Key) && type.Equals(other.Type);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is GrainId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(type, key);

    public uint GetUniformHashCode() => (type.GetUniformHashCode() * 31) + key.GetUniformHashCode();

    public int CompareTo(GrainId other) => type.CompareTo(other.Type) is var order and not 0 ? order : key.CompareTo(other.Key);

    public override string ToString() => $"{type}/{key}";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    public static bool operator ==(GrainId left, GrainId right) => left.Equals(right);

    public static bool operator !=(GrainId left, GrainId right) => !left.Equals(right);
}
