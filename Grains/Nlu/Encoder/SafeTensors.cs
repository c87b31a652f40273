using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace CustomerService.Nlu;

/// <summary>Reads a safetensors file: eight bytes of header length, a JSON header with shapes and offsets, then raw tensors.</summary>
internal sealed class SafeTensors
{
    private readonly byte[] _file;
    private readonly int _dataStart;
    private readonly JsonElement _header;

    public SafeTensors(byte[] file)
    {
        _file = file;
        var headerLength = checked((int)BinaryPrimitives.ReadUInt64LittleEndian(file));
        _dataStart = sizeof(ulong) + headerLength;
        using var document = JsonDocument.Parse(file.AsMemory(sizeof(ulong), headerLength));
        _header = document.RootElement.Clone();
    }

    /// <summary>A text that the file's writer put beside the tensors.</summary>
    public string Metadata(string name) => _header.GetProperty("__metadata__").GetProperty(name).GetString()!;

    public bool Contains(string name) => _header.TryGetProperty(name, out _);

    /// <summary>The tensor's 16-bit floats, row by row, without a copy.</summary>
    public ReadOnlySpan<Half> Halves(string name)
    {
        var entry = _header.GetProperty(name);
        if (entry.GetProperty("dtype").GetString() != "F16")
            throw new InvalidDataException($"Tensor {name} is not of 16-bit floats.");

        var offsets = entry.GetProperty("data_offsets");
        var (start, end) = (offsets[0].GetInt32(), offsets[1].GetInt32());
        return MemoryMarshal.Cast<byte, Half>(_file.AsSpan(_dataStart + start, end - start));
    }

    public float[] Floats(string name)
    {
        var halves = Halves(name);
        var floats = new float[halves.Length];
        System.Numerics.Tensors.TensorPrimitives.ConvertToSingle(halves, floats);
        return floats;
    }
}
