using System.Numerics.Tensors;

namespace CustomerService.Nlu;

/// <summary>The examples' sentence vectors of the original encoder, by label.</summary>
/// <param name="vectors">One after the other.</param>
/// <param name="labels">Each one's label.</param>
internal sealed class Neighbours(float[] vectors, int[] labels)
{
    private const int Nearest = 3;

    /// <summary>Those of pairs of vectors (<see cref="EncoderPair"/>).</summary>
    public static Neighbours Of(float[][] pairs, int[] labels)
    {
        var vectors = new float[pairs.Length * SentenceEncoder.Dimensions];
        for (var i = 0; i < pairs.Length; i++)
            EncoderPair.Original(pairs[i]).CopyTo(vectors.AsSpan(i * SentenceEncoder.Dimensions));
        return new(vectors, labels);
    }

    public static Neighbours Read(BinaryReader reader) => new(reader.ReadNumbers<float>(), reader.ReadNumbers<int>());

    public void Write(BinaryWriter writer)
    {
        writer.WriteNumbers<float>(vectors);
        writer.WriteNumbers<int>(labels);
    }

    /// <summary>How alike the text, by its vector of the original encoder, is to the three nearest examples of a label, on average: a cosine, −1 to 1; 0 for a text without a vector.</summary>
    public float Likeness(ReadOnlySpan<float> original, int label)
    {
        if (original.IsEmpty)
            return 0;

        Span<float> nearest = stackalloc float[Nearest];
        nearest.Fill(-1);
        var found = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] != label)
                continue;

            found++;
            var likeness = TensorPrimitives.Dot(original, vectors.AsSpan(i * SentenceEncoder.Dimensions, SentenceEncoder.Dimensions));
            for (var place = 0; place < Nearest; place++)
                if (likeness > nearest[place])
                    (nearest[place], likeness) = (likeness, nearest[place]);
        }

        return found == 0 ? 0 : TensorPrimitives.Sum<float>(nearest[..Math.Min(found, Nearest)]) / Math.Min(found, Nearest);
    }
}
