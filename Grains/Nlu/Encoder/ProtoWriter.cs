using System.Buffers.Binary;
using System.Text;

namespace CustomerService.Nlu;

/// <summary>Writes protobuf messages into one buffer. A nested message's length is a varint padded to five bytes, patched when it ends.</summary>
internal sealed class ProtoWriter(int capacity)
{
    private const int LengthBytes = 5;
    private byte[] _buffer = new byte[capacity];
    private int _length;

    public void Integer(int field, long value)
    {
        Varint((ulong)field << 3);
        Varint((ulong)value);
    }

    public void Float(int field, float value)
    {
        Varint(((ulong)field << 3) | 5);
        BinaryPrimitives.WriteSingleLittleEndian(Take(sizeof(float)), value);
    }

    public void Bytes(int field, ReadOnlySpan<byte> value)
    {
        Varint(((ulong)field << 3) | 2);
        Varint((ulong)value.Length);
        value.CopyTo(Take(value.Length));
    }

    public void Text(int field, string value) => Bytes(field, Encoding.UTF8.GetBytes(value));

    public int Begin(int field)
    {
        Varint(((ulong)field << 3) | 2);
        Take(LengthBytes);
        return _length;
    }

    public void End(int start)
    {
        var length = (uint)(_length - start);
        for (var i = 0; i < LengthBytes; i++)
            _buffer[start - LengthBytes + i] = (byte)(((length >> (7 * i)) & 0x7F) | (i < LengthBytes - 1 ? 0x80u : 0));
    }

    public byte[] ToArray() => _buffer.AsSpan(0, _length).ToArray();

    private void Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
            Take(1)[0] = (byte)(value | 0x80);
        Take(1)[0] = (byte)value;
    }

    private Span<byte> Take(int count)
    {
        if (_length + count > _buffer.Length)
            Array.Resize(ref _buffer, Math.Max(_buffer.Length * 2, _length + count));
        _length += count;
        return _buffer.AsSpan(_length - count, count);
    }
}
