using System.Numerics.Tensors;

namespace CustomerService.Nlu;

/// <summary>The examples' pairs of sentence vectors, by label.</summary>
internal sealed class Neighbours(float[][] pairs, int[] labels)
{
    private const int Nearest = 3;

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
            var likeness = TensorPrimitives.Dot(original, EncoderPair.Original(pairs[i]));
            for (var place = 0; place < Nearest; place++)
                if (likeness > nearest[place])
                    (nearest[place], likeness) = (likeness, nearest[place]);
        }

        return found == 0 ? 0 : TensorPrimitives.Sum<float>(nearest[..Math.Min(found, Nearest)]) / Math.Min(found, Nearest);
    }
}
