using System.Numerics.Tensors;

namespace CustomerService.Nlu;

/// <summary>For each label a weight per number of the sentence vector and per piece.</summary>
internal sealed class MarginWeights
{
    private readonly float[] _dense, _pieces, _bias;

    public MarginWeights(int labels, int pieces)
        : this(new float[SentenceEncoder.Dimensions * labels], new float[pieces * labels], new float[labels])
    {
    }

    private MarginWeights(float[] dense, float[] pieces, float[] bias) => (_dense, _pieces, _bias) = (dense, pieces, bias);

    private int Labels => _bias.Length;

    public static MarginWeights Read(BinaryReader reader) => new(reader.ReadNumbers<float>(), reader.ReadNumbers<float>(), reader.ReadNumbers<float>());

    public void Write(BinaryWriter writer)
    {
        writer.WriteNumbers<float>(_dense);
        writer.WriteNumbers<float>(_pieces);
        writer.WriteNumbers<float>(_bias);
    }

    public void Set(int label, ReadOnlySpan<float> dense, ReadOnlySpan<float> pieces, float bias)
    {
        for (var i = 0; i < dense.Length; i++)
            _dense[(i * Labels) + label] = dense[i];
        for (var i = 0; i < pieces.Length; i++)
            _pieces[(i * Labels) + label] = pieces[i];
        _bias[label] = bias;
    }

    /// <summary>Writes how far the text lies on each label's side: above 1 like its examples, below −1 like the others'.</summary>
    public void Margins(ReadOnlySpan<float> vector, SparseRow row, Span<float> margins)
    {
        _bias.CopyTo(margins);
        for (var i = 0; i < vector.Length; i++)
            TensorPrimitives.MultiplyAdd(_dense.AsSpan(i * Labels, Labels), vector[i], margins, margins);
        foreach (var (column, value) in row.Entries)
            TensorPrimitives.MultiplyAdd(_pieces.AsSpan(column * Labels, Labels), value, margins, margins);
    }
}
