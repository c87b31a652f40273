using System.Numerics.Tensors;

namespace CustomerService.Nlu;

/// <summary>The examples' sentence vectors, by label.</summary>
internal sealed class Neighbours(float[][] vectors, int[] labels)
{
    private const int Nearest = 3;

    /// <summary>How alike the text is to the three nearest examples of a label, on average: a cosine, −1 to 1; 0 for a text without a vector.</summary>
    public float Likeness(ReadOnlySpan<float> vector, int label)
    {
        if (vector.IsEmpty)
            return 0;

        Span<float> nearest = stackalloc float[Nearest];
        nearest.Fill(-1);
        var found = 0;
        for (var i = 0; i < labels.Length; i++)
        {
            if (labels[i] != label)
                continue;

            found++;
            var likeness = TensorPrimitives.Dot(vector, vectors[i]);
            for (var place = 0; place < Nearest; place++)
                if (likeness > nearest[place])
                    (nearest[place], likeness) = (likeness, nearest[place]);
        }

        return found == 0 ? 0 : TensorPrimitives.Sum<float>(nearest[..Math.Min(found, Nearest)]) / Math.Min(found, Nearest);
    }
}
