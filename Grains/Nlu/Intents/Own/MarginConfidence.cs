using System.Numerics.Tensors;

namespace CustomerService.Nlu;

/// <summary>Turns margins into probabilities, by what margins meant for texts that were not trained on.</summary>
/// <param name="Scale">What margins are multiplied by before the softmax.</param>
/// <param name="Offset">The log-odds of being in scope with a margin and a likeness of 0.</param>
/// <param name="PerMargin">What a margin of 1 adds to them.</param>
/// <param name="PerLikeness">What a likeness of 1 adds to them.</param>
internal sealed record MarginConfidence(float Scale, float Offset, float PerMargin, float PerLikeness)
{
    // The share of texts that mean one of the intents, as far as nothing is known about them.
    private const double Usual = 0.9;

    /// <summary>How likely it is that any of the intents is meant.</summary>
    public float InScope(float margin, float likeness) => 1 / (1 + MathF.Exp(-(Offset + (PerMargin * margin) + (PerLikeness * likeness))));

    /// <summary>Replaces the margins by each label's probability, given that one of them is meant.</summary>
    public void Probabilities(Span<float> margins)
    {
        TensorPrimitives.Multiply(margins, Scale, margins);
        TensorPrimitives.SoftMax(margins, margins);
    }

    /// <summary>The scale that makes the right labels of texts not trained on most likely.</summary>
    public static float FitScale(IReadOnlyCollection<(float[] Margins, int Label)> judged)
    {
        var (best, lowest) = (1f, double.PositiveInfinity);
        for (var scale = 0.5f; scale < 30; scale *= 1.05f)
        {
            var loss = judged.Sum(one => Loss(one.Margins, one.Label, scale));
            if (loss < lowest)
                (best, lowest) = (scale, loss);
        }

        return best;
    }

    /// <summary>Logistic regression with two inputs, by Newton's method with a slight pull to 0.</summary>
    /// <param name="scale">Is kept.</param>
    /// <param name="judged">Margin, likeness, and whether the text was in scope; how many of each kind there are does not count.</param>
    public static MarginConfidence Fit(float scale, IReadOnlyCollection<(float Margin, float Likeness, bool InScope)> judged)
    {
        const int steps = 25;
        var inside = Math.Max(judged.Count(one => one.InScope), 1);
        var outside = Math.Max(judged.Count - inside, 1);
        var w = new double[3];
        for (var step = 0; step < steps; step++)
        {
            var (gradient, curve) = (new double[3], new double[3, 3]);
            foreach (var (margin, likeness, isIn) in judged)
            {
                double[] x = [1, margin, likeness];
                var p = 1 / (1 + Math.Exp(-((w[0] * x[0]) + (w[1] * x[1]) + (w[2] * x[2]))));
                var weight = isIn ? Usual / inside : (1 - Usual) / outside;
                for (var i = 0; i < 3; i++)
                {
                    gradient[i] += weight * (p - (isIn ? 1 : 0)) * x[i];
                    for (var j = 0; j < 3; j++)
                        curve[i, j] += weight * p * (1 - p) * x[i] * x[j];
                }
            }

            const double pull = 1e-4;
            for (var i = 0; i < 3; i++)
                (gradient[i], curve[i, i]) = (gradient[i] + (pull * w[i]), curve[i, i] + pull);
            var move = Solve(curve, gradient);
            for (var i = 0; i < 3; i++)
                w[i] -= move[i];
        }

        return new MarginConfidence(scale, (float)w[0], (float)w[1], (float)w[2]);
    }

    private static double Loss(float[] margins, int label, float scale)
    {
        var highest = TensorPrimitives.Max<float>(margins) * scale;
        var sum = margins.Sum(margin => Math.Exp((margin * scale) - highest));
        return Math.Log(sum) + highest - (margins[label] * scale);
    }

    // Cramer's rule.
    private static double[] Solve(double[,] a, double[] b)
    {
        var whole = Determinant(a);
        return [.. Enumerable.Range(0, 3).Select(column =>
        {
            var changed = (double[,])a.Clone();
            for (var i = 0; i < 3; i++)
                changed[i, column] = b[i];
            return Determinant(changed) / whole;
        })];
    }

    private static double Determinant(double[,] a) =>
        (a[0, 0] * ((a[1, 1] * a[2, 2]) - (a[1, 2] * a[2, 1])))
        - (a[0, 1] * ((a[1, 0] * a[2, 2]) - (a[1, 2] * a[2, 0])))
        + (a[0, 2] * ((a[1, 0] * a[2, 1]) - (a[1, 1] * a[2, 0])));
}
