using System.Numerics.Tensors;

namespace CustomerService.Nlu;

/// <summary>For each label a weight per number of the sentence vector and per piece.</summary>
internal sealed class MarginWeights(int labels, int pieces)
{
    private readonly float[] _dense = new float[SentenceEncoder.Dimensions * labels], _pieces = new float[pieces * labels], _bias = new float[labels];

    public void Set(int label, ReadOnlySpan<float> dense, ReadOnlySpan<float> pieces, float bias)
    {
        for (var i = 0; i < dense.Length; i++)
            _dense[(i * labels) + label] = dense[i];
        for (var i = 0; i < pieces.Length; i++)
            _pieces[(i * labels) + label] = pieces[i];
        _bias[label] = bias;
    }

    /// <summary>Writes how far the text lies on each label's side: above 1 like its examples, below −1 like the others'.</summary>
    public void Margins(ReadOnlySpan<float> vector, SparseRow row, Span<float> margins)
    {
        _bias.CopyTo(margins);
        for (var i = 0; i < vector.Length; i++)
            TensorPrimitives.MultiplyAdd(_dense.AsSpan(i * labels, labels), vector[i], margins, margins);
        foreach (var (column, value) in row.Entries)
            TensorPrimitives.MultiplyAdd(_pieces.AsSpan(column * labels, labels), value, margins, margins);
    }
}
