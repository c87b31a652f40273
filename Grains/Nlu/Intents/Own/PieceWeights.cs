namespace CustomerService.Nlu;

/// <summary>How much each piece of text counts: the rarer among the examples, the more (tf-idf, smoothed).</summary>
/// <remarks>Only pieces of the examples have a column; the others say nothing to a model that has never seen them.</remarks>
internal sealed class PieceWeights
{
    // Beside a sentence vector of length 1; measured with 10 and with about 100 examples an intent.
    private const float Length = 0.3f;
    private readonly int[] _columns;
    private readonly float[] _rarity;

    private PieceWeights(int[] columns, float[] rarity) => (_columns, _rarity) = (columns, rarity);

    /// <summary>How many pieces have a column.</summary>
    public int Count => _rarity.Length;

    public static PieceWeights Of(IReadOnlyCollection<string> texts)
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

        return Of(counts, texts.Count);
    }

    /// <summary>Replaces <paramref name="row"/> by the text's columns and weights; words and characters have the same length, whatever the text's.</summary>
    public void Read(TextPieces pieces, SparseRow row)
    {
        row.Clear();
        Add(pieces.Words, row);
        Add(pieces.Characters, row);
    }

    private static PieceWeights Of(int[] counts, int texts)
    {
        var (columns, rarity) = (new int[counts.Length], new List<float>());
        for (var bucket = 0; bucket < counts.Length; bucket++)
        {
            columns[bucket] = counts[bucket] == 0 ? -1 : rarity.Count;
            if (counts[bucket] > 0)
                rarity.Add(1 + MathF.Log((1f + texts) / (1 + counts[bucket])));
        }

        return new PieceWeights(columns, [.. rarity]);
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

        row.Scale(start, Length / MathF.Sqrt(Math.Max(squares, 1e-12f)));
    }
}
