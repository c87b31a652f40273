using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace CustomerService.Conversations;

/// <summary>Values one behind the other in few bytes, for memory alone: nothing that is stored looks like this. One writer per thread.</summary>
internal sealed class PackWriter
{
    // A text this short is not worth looking for.
    private const int MinShared = 12;

    // What one very large value needed is not kept.
    private const int MaxKept = 64 * 1024;

    [ThreadStatic]
    private static PackWriter? s_writer;

    private byte[] _bytes = new byte[4096];
    private int _length;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, _length);

    /// <summary>This thread's writer, empty.</summary>
    public static PackWriter Start()
    {
        var writer = s_writer ??= new();
        if (writer._bytes.Length > MaxKept)
            writer._bytes = new byte[4096];
        writer._length = 0;
        return writer;
    }

    /// <summary>A whole number: seven bits a byte, so that small ones take one.</summary>
    public void Number(long value)
    {
        Reserve(10);
        var left = (ulong)((value << 1) ^ (value >> 63));
        for (; left >= 0x80; left >>= 7)
            _bytes[_length++] = (byte)(left | 0x80);
        _bytes[_length++] = (byte)left;
    }

    public void Fixed(long value)
    {
        Reserve(sizeof(long));
        BinaryPrimitives.WriteInt64LittleEndian(_bytes.AsSpan(_length), value);
        _length += sizeof(long);
    }

    public void Real(double value) => Fixed(BitConverter.DoubleToInt64Bits(value));

    public void Time(DateTimeOffset? value) => Fixed(value?.UtcTicks ?? 0);

    public void Bytes(ReadOnlySpan<byte> value)
    {
        Reserve(value.Length);
        value.CopyTo(_bytes.AsSpan(_length));
        _length += value.Length;
    }

    /// <summary>A text as UTF-8; one that stands among the first <paramref name="shared"/> bytes is only pointed at.</summary>
    public void Text(ReadOnlySpan<byte> utf8, int shared = 0)
    {
        var place = utf8.Length < MinShared ? -1 : _bytes.AsSpan(0, shared).IndexOf(utf8);
        Number(utf8.Length);
        Number(place);
        if (place < 0)
            Bytes(utf8);
    }

    public void Text(string? value) => Text(Encoding.UTF8.GetBytes(value ?? ""));

    private void Reserve(int size)
    {
        if (_bytes.Length - _length < size)
            Array.Resize(ref _bytes, (int)BitOperations.RoundUpToPowerOf2((uint)(_length + size)));
    }
}

/// <summary>Reads what a <see cref="PackWriter"/> wrote, in the same order.</summary>
internal ref struct PackReader(ReadOnlySpan<byte> all, int start)
{
    private readonly ReadOnlySpan<byte> _all = all;
    private int _place = start;

    public readonly int Place => _place;

    public long Number()
    {
        var (value, shift) = (0UL, 0);
        byte next;
        do
        {
            next = _all[_place++];
            value |= (ulong)(next & 0x7F) << shift;
            shift += 7;
        }
        while (next >= 0x80);
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    public long Fixed() => BinaryPrimitives.ReadInt64LittleEndian(Bytes(sizeof(long)));

    public double Real() => BitConverter.Int64BitsToDouble(Fixed());

    public DateTimeOffset? Time() => Fixed() is var ticks && ticks == 0 ? null : new(ticks, TimeSpan.Zero);

    public ReadOnlySpan<byte> Bytes(int length)
    {
        var bytes = _all.Slice(_place, length);
        _place += length;
        return bytes;
    }

    public ReadOnlySpan<byte> Text()
    {
        var (length, place) = ((int)Number(), (int)Number());
        return place < 0 ? Bytes(length) : _all.Slice(place, length);
    }

    public string String() => Encoding.UTF8.GetString(Text());
}
