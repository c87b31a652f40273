using System.Numerics.Tensors;

namespace CustomerService.Nlu;

/// <summary>A linear model over a dense vector and hashed n-grams: for each label a weight per number and per bucket.</summary>
/// <remarks>
/// A safetensors file: <c>dense</c> [n × labels], <c>ngrams</c> [buckets × labels] and <c>bias</c> [labels] in 16-bit floats; in its
/// metadata <c>labels</c>, separated by blanks, and <c>temperature</c>, which makes the probabilities honest.
/// </remarks>
internal sealed class LinearModel
{
    private readonly float[] _dense, _ngrams, _bias;

    public LinearModel(SafeTensors file)
    {
        Labels = [.. file.Metadata("labels").Split(' ')];
        (_dense, _ngrams, _bias) = (file.Floats("dense"), file.Floats("ngrams"), file.Floats("bias"));
        var temperature = float.Parse(file.Metadata("temperature"));
        foreach (var weights in (float[][])[_dense, _ngrams, _bias])
            TensorPrimitives.Divide(weights, temperature, weights);
        if (_ngrams.Length != TextPieces.Buckets * Labels.Length || _bias.Length != Labels.Length || _dense.Length % Labels.Length != 0)
            throw new InvalidDataException("The model's tensors do not fit its labels.");
    }

    public ImmutableArray<string> Labels { get; }

    public int DenseSize => _dense.Length / Labels.Length;

    /// <summary>False when a weight is not a number, or without bounds: a sum takes that over.</summary>
    public bool IsFinite => float.IsFinite(TensorPrimitives.Sum<float>(_dense) + TensorPrimitives.Sum<float>(_ngrams) + TensorPrimitives.Sum<float>(_bias));

    /// <summary>Writes each label's probability.</summary>
    public void Predict(ReadOnlySpan<float> dense, TextPieces ngrams, Span<float> probabilities)
    {
        if (dense.Length != DenseSize)
            throw new ArgumentException($"The model is over {DenseSize} numbers, not {dense.Length}.", nameof(dense));

        _bias.CopyTo(probabilities);
        for (var i = 0; i < dense.Length; i++)
            Add(_dense, i, dense[i], probabilities);
        Add(ngrams.Words, probabilities);
        Add(ngrams.Characters, probabilities);
        TensorPrimitives.SoftMax(probabilities, probabilities);
    }

    private void Add(ReadOnlySpan<ushort> buckets, Span<float> sums)
    {
        var value = 1 / MathF.Sqrt(Math.Max(buckets.Length, 1));
        foreach (var bucket in buckets)
            Add(_ngrams, bucket, value, sums);
    }

    private static void Add(float[] weights, int row, float value, Span<float> sums) =>
        TensorPrimitives.MultiplyAdd(weights.AsSpan(row * sums.Length, sums.Length), value, sums, sums);
}
