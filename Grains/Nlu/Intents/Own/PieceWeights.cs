namespace CustomerService.Nlu;

/// <summary>How much each piece of text counts: the rarer among the examples, the more (tf-idf, smoothed).</summary>
/// <remarks>Only pieces of the examples have a column; the others say nothing to a model that has never seen them.</remarks>
internal sealed class PieceWeights
{
    // Beside a sentence vector of length 1: with few examples of an intent its words are chance, with many they tell. Measured with 10 and with 100 an intent.
    private const float ShortLength = 0.3f, FullLength = 0.8f;
    private const double Few = 10, Many = 80;
    private readonly int[] _columns;
    private readonly float[] _rarity;
    private readonly float _length;

    private PieceWeights(int[] columns, float[] rarity, float length) => (_columns, _rarity, _length) = (columns, rarity, length);

    /// <summary>How many pieces have a column.</summary>
    public int Count => _rarity.Length;

    /// <summary>The weights that texts of so many labels give.</summary>
    public static PieceWeights Of(IReadOnlyCollection<string> texts, int labels)
    {
        var (pieces, counts) = (new TextPieces(), new int[TextPieces.Buckets]);
        foreach (var text in texts)
        {
            pieces.Read(text);
            foreach (var bucket in pieces.Words)
                counts[bucket]++;
            foreach (var bucket in pieces.Characters)
                counts[bucket]++;
        }

        var known = Math.Clamp(Math.Log(texts.Count / (double)labels / Few) / Math.Log(Many / Few), 0, 1);
        return Of(counts, texts.Count, (float)(ShortLength + ((FullLength - ShortLength) * known)));
    }

    public static PieceWeights Read(BinaryReader reader)
    {
        var columns = new int[TextPieces.Buckets];
        Array.Fill(columns, -1);
        foreach (var (column, bucket) in reader.ReadNumbers<ushort>().Index())
            columns[bucket] = column;
        return new PieceWeights(columns, reader.ReadNumbers<float>(), reader.ReadSingle());
    }

    public void Write(BinaryWriter writer)
    {
        // Columns stand in the order of their buckets.
        ushort[] buckets = [.. Enumerable.Range(0, _columns.Length).Where(bucket => _columns[bucket] >= 0).Select(bucket => (ushort)bucket)];
        writer.WriteNumbers<ushort>(buckets);
        writer.WriteNumbers<float>(_rarity);
        writer.Write(_length);
    }

    /// <summary>Replaces <paramref name="row"/> by the text's columns and weights; words and characters have the same length, whatever the text's.</summary>
    public void Read(TextPieces pieces, SparseRow row)
    {
        row.Clear();
        Add(pieces.Words, row);
        Add(pieces.Characters, row);
    }

    private static PieceWeights Of(int[] counts, int texts, float length)
    {
        var (columns, rarity) = (new int[counts.Length], new List<float>());
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            columns[bucket] = counts[bucket] == 0 ? -1 : rarity.Count;
            if (counts[bucket] > 0)
                rarity.Add(1 + MathF.Log((1f + texts) / (1 + counts[bucket])));
        }

        return new PieceWeights(columns, [.. rarity], length);
    }

    private void Add(ReadOnlySpan<ushort> buckets, SparseRow row)
    {
        var (start, squares) = (row.Count, 0f);
        foreach (var bucket in buckets)
        {
            if (_columns[bucket] is var column and >= 0)
            {
                row.Add(column, _rarity[column]);
                squares += _rarity[column] * _rarity[column];
            }
        }

        row.Scale(start, _length / MathF.Sqrt(Math.Max(squares, 1e-12f)));
    }
}
