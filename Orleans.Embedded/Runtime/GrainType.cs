using System.Diagnostics.CodeAnalysis;

namespace Orleans.Runtime;

[Immutable]
public readonly struct GrainType(IdSpan id) : IEquatable<GrainType>, IComparable<GrainType>
{
    public GrainType(byte[] value) : this(new IdSpan(value))
    {
    }

    public IdSpan Value => id;

    public bool IsDefault => id.IsDefault;

    public static GrainType Create(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        return new(IdSpan.Create(value));
    }

    public ReadOnlySpan<byte> AsSpan() => id.AsSpan();

    public bool Equals(GrainType other) => id.Equals(other.Value);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is GrainType other && Equals(other);

    public override int GetHashCode() => id.GetHashCode();

    public uint GetUniformHashCode() => id.GetUniformHashCode();

    public int CompareTo(GrainType other) => id.CompareTo(other.Value);

    public override string ToString() => id.ToString();

    public static bool operator ==(GrainType left, GrainType right) => left.Equals(right);

    public static bool operator !=(GrainType left, GrainType right) => !left.Equals(right);
}

[Immutable]
public readonly struct GrainInterfaceType(IdSpan value) : IEquatable<GrainInterfaceType>
{
    public GrainInterfaceType(string value) : this(IdSpan.Create(value))
    {
    }

    public IdSpan Value => value;

    public bool IsDefault => value.IsDefault;

    public static GrainInterfaceType Create(string value) => new(value);

    public bool Equals(GrainInterfaceType other) => value.Equals(other.Value);

    public override bool Equals([NotNullWhen(true)] object? obj) => obj is GrainInterfaceType other && Equals(other);

    public override int GetHashCode() => value.GetHashCode();

    public override string ToString() => value.ToString();

    public static bool operator ==(GrainInterfaceType left, GrainInterfaceType right) => left.Equals(right);

    public static bool operator !=(GrainInterfaceType left, GrainInterfaceType right) => !left.Equals(right);
}
