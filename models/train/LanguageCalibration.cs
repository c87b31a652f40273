using CustomerService.Nlu;

namespace CustomerService.Training;

/// <summary>Finds the scale that makes probabilities honest: of answers given with 0.9, nine in ten are right.</summary>
internal static class LanguageCalibration
{
    public static NgramModel.Calibration Fit(NgramModel model, Sample[] samples)
    {
        var random = new Random(2);
        var texts = (from sample in samples
                     from length in new[] { 1, 1, 2, 5, sample.Words.Length }
                     let start = random.Next(Math.Max(1, sample.Words.Length - length + 1))
                     select (sample.Class, Words: sample.Words.Skip(start).Take(length).ToArray())).ToList();
        var sums = texts.Select(text => Sum(model, text.Words)).ToList();
        var grid = from power in Enumerable.Range(0, 11).Select(i => i * 0.1f)
                   from factor in Enumerable.Range(0, 60).Select(i => 0.002f * MathF.Pow(1.12f, i))
                   select new NgramModel.Calibration(factor, power);
        return grid.MinBy(scale => Loss(new(model.Script, model.Classes, model.Buckets, scale, model.Weights), texts, sums));
    }

    private static double Loss(NgramModel model, List<(int Class, int[][] Words)> texts, List<int[]> sums)
    {
        var loss = 0.0;
        var probabilities = new float[model.Classes.Length];
        for (var i = 0; i < texts.Count; i++)
        {
            model.Probabilities(sums[i], texts[i].Words.Sum(word => word.Length), probabilities);
            loss -= Math.Log(Math.Max(probabilities[texts[i].Class], 1e-6));
        }

        return loss;
    }

    private static int[] Sum(NgramModel model, int[][] words)
    {
        var sums = new int[model.Stride];
        foreach (var word in words)
            Add(model, word, sums);
        return sums;
    }

    public static void Add(NgramModel model, int[] buckets, Span<int> sums)
    {
        foreach (var bucket in buckets)
        {
            for (var c = 0; c < model.Classes.Length; c++)
                sums[c] += model.Weights[bucket * model.Stride + c];
        }
    }

    public static int Best(NgramModel model, ReadOnlySpan<int> sums)
    {
        var best = -1;
        for (var c = 0; c < model.Classes.Length; c++)
        {
            if (model.IsKnown(c) && (best < 0 || sums[c] > sums[best]))
                best = c;
        }

        return best;
    }
}
