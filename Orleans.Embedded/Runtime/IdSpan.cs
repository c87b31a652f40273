using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Orleans.Runtime;

/// <summary>A grain key or type name. Orleans keeps UTF-8 bytes; in one process the string itself is smaller to make and to compare.</summary>
[Immutable]
public readonly struct IdSpan : IEquatable<IdSpan>, IComparable<IdSpan>, IFormattable
{
    private readonly string? _value;

    public IdSpan(byte[] value) => _value = Encoding.UTF8.GetString(value);

    private IdSpan(string value) => _value = value;

    public ReadOnlyMemory<byte> Value => Encoding.UTF8.GetBytes(ToString());

    public bool IsDefault => string.IsNullOrEmpty(_value);

    public static IdSpan Create(string id) => new(id);

    public ReadOnlySpan<byte> AsSpan() => Encoding.UTF8.GetBytes(ToString());

    public bool Equals(IdSpan other) => string.Equals(_value, other._value);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is IdSpan other && Equals(other);

    public override int GetHashCode() => _value is null ? 0 : _value.GetHashCode(StringComparison.Ordinal);

    public uint GetUniformHashCode() => StableHash.Of(ToString());

    public int CompareTo(IdSpan other) => string.CompareOrdinal(_value, other._value);

    public override string ToString() => _value ?? "";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    public static bool operator ==(IdSpan left, IdSpan right) => left.Equals(right);

    public static bool operator !=(IdSpan left, IdSpan right) => !left.Equals(right);
}

/// <summary>FNV-1a over UTF-16 code units: the same in every process, unlike <see cref="string.GetHashCode()"/>.</summary>
internal static class StableHash
{
    public static uint Of(string text)
    {
        var hash = 2166136261;
        foreach (var unit in text)
            hash = (hash ^ unit) * 16777619;
        return hash;
    }
}
