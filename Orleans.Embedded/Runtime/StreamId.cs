using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace Orleans.Runtime;

/// <summary>The identity of a stream: an optional namespace and a key.</summary>
[Immutable]
public readonly struct StreamId : IEquatable<StreamId>, IComparable<StreamId>, IFormattable
{
    private readonly string? _namespace;
    private readonly string? _key;

    private StreamId(string? ns, string key)
    {
        _namespace = string.IsNullOrEmpty(ns) ? null : ns;
        _key = key;
    }

    public static StreamId Create(string? ns, string key)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        return new(ns, key);
    }

    public static StreamId Create(string? ns, Guid key) => new(ns, key.ToString("N"));

    public static StreamId Create(string? ns, long key) => new(ns, key.ToString(CultureInfo.InvariantCulture));

    public string? GetNamespace() => _namespace;

    public string GetKeyAsString() => _key ?? "";

    public bool Equals(StreamId other) => string.Equals(_key, other._key) && string.Equals(_namespace, other._namespace);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is StreamId other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(_namespace, _key);

    public int CompareTo(StreamId other) =>
        string.CompareOrdinal(_namespace, other._namespace) is var order and not 0 ? order : string.CompareOrdinal(_key, other._key);

    public override string ToString() => _namespace is null ? $"null/{_key}" : $"{_namespace}/{_key}";

    string IFormattable.ToString(string? format, IFormatProvider? formatProvider) => ToString();

    public static bool operator ==(StreamId left, StreamId right) => left.Equals(right);

    public static bool operator !=(StreamId left, StreamId right) => !left.Equals(right);
}
