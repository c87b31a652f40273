using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace CustomerService.Knowledge;

/// <summary>Vectors of texts seen before, in a file: a text is encoded once in the life of an installation.</summary>
/// <remarks>
/// The file holds records of a 16-byte hash of model and text, and the vector; new ones are appended. A record cut short by a
/// crash, or one whose vector is not of unit length, is passed over. Used by the indexer's one thread alone.
/// </remarks>
internal sealed class VectorCache
{
    private const int HashBytes = 16, BatchSize = 16;
    private const float Tolerance = 0.02f;
    private readonly Dictionary<UInt128, float[]> _vectors = [];
    private readonly ITextVectors _model;
    private readonly string _file;

    public VectorCache(ITextVectors model, string folder)
    {
        _model = model;
        _file = Path.Combine(folder, "vectors.bin");
        Directory.CreateDirectory(folder);
        Load();
    }

    /// <summary>The vector of a text, null when it was not encoded yet.</summary>
    public float[]? Find(string text) => _vectors.GetValueOrDefault(Key(text));

    /// <summary>Encodes the texts that have no vector yet and keeps them; stops between batches.</summary>
    public void Fill(IEnumerable<string> texts, CancellationToken cancellationToken)
    {
        var missing = texts.Distinct().Where(t => !_vectors.ContainsKey(Key(t))).OrderBy(t => t.Length).ToArray();
        if (missing.Length == 0)
            return;

        using var file = new FileStream(_file, FileMode.OpenOrCreate, FileAccess.Write, FileShare.Read);
        file.SetLength(file.Length / RecordBytes * RecordBytes);
        file.Seek(0, SeekOrigin.End);
        foreach (var batch in missing.Chunk(BatchSize))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var vectors = new float[batch.Length * _model.Dimensions];
            _model.Encode(batch, vectors);
            for (var i = 0; i < batch.Length; i++)
                Keep(file, Key(batch[i]), vectors[(i * _model.Dimensions)..((i + 1) * _model.Dimensions)]);
        }
    }

    private int RecordBytes => HashBytes + _model.Dimensions * sizeof(float);

    private void Keep(FileStream file, UInt128 key, float[] vector)
    {
        _vectors[key] = vector;
        file.Write(MemoryMarshal.AsBytes(new ReadOnlySpan<UInt128>(in key)));
        file.Write(MemoryMarshal.AsBytes(vector.AsSpan()));
    }

    private void Load()
    {
        if (!File.Exists(_file))
            return;
        using var file = File.OpenRead(_file);
        var record = new byte[RecordBytes];
        while (file.ReadAtLeast(record, record.Length, throwOnEndOfStream: false) == record.Length)
        {
            var vector = MemoryMarshal.Cast<byte, float>(record.AsSpan(HashBytes)).ToArray();
            if (MathF.Abs(System.Numerics.Tensors.TensorPrimitives.Norm(vector) - 1) < Tolerance)
                _vectors[MemoryMarshal.Read<UInt128>(record)] = vector;
        }
    }

    private UInt128 Key(string text) => MemoryMarshal.Read<UInt128>(SHA256.HashData(Encoding.UTF8.GetBytes($"{_model.Model}\0{text}")));
}
