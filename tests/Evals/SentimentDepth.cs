using System.Text;
using CustomerService.Nlu;

namespace CustomerService.Evals;

/// <summary>English sentiment beyond three classes: agreement with rated texts, negation, anger behind politeness, irony.</summary>
internal static class SentimentDepth
{
    private static readonly (string Name, string File)[] _rated =
        [("reviews", "amazonReviewSnippets_GroundTruth.txt"), ("films", "movieReviewSnippets_GroundTruth.txt"), ("editorials", "nytEditorialSnippets_GroundTruth.txt")];

    public static IEnumerable<Figure> Run(EvalOptions options)
    {
        var heldOut = File.ReadLines(Path.Combine(options.Root, "tests/Evals/rated-held-out.txt")).Where(line => line[0] != '#').Select(line => line.Split(": ")).ToDictionary(pair => pair[0], pair => pair[1].Split(' ').ToHashSet());
        foreach (var (name, file) in _rated)
        {
            var rows = Rated(Path.Combine(options.Data, "vader", file), heldOut[name]).Where((_, i) => !options.Quick || i % 5 == 0).ToList();
            yield return new Figure($"nlu.sentiment_{name}_correlation", Correlation(rows.ConvertAll(row => (row.Rating, EvalModels.Sentiment(row.Text).Value))), "Pearson");
        }

        var hard = File.ReadLines(Path.Combine(options.Root, "models/data/sentiment-hard.tsv")).Select(line => line.Split('\t'))
            .Select((cells, i) => (Part: i % 2 == 0 ? "tune" : "judge", Truth: cells[0], Text: cells[1], Said: EvalModels.Sentiment(cells[1]))).ToList();
        foreach (var part in (string[])["tune", "judge"])
            yield return new Figure($"nlu.sentiment_hard_{part}", Hard(part, [.. hard.Where(row => row.Part == part)]), "share");
        yield return new Figure("nlu.sentiment_intensity", Intensity(options), "share");
    }

    // Of three ways to say a thing, each stronger than the one before: how often a step is read as one.
    private static double Intensity(EvalOptions options)
    {
        var steps = File.ReadLines(Path.Combine(options.Root, "models/data/sentiment-intensity.tsv")).Select(line => line.Split('\t'))
            .SelectMany(cells => cells.Zip(cells.Skip(1))).Select(step => (step.First, step.Second, Weaker: EvalModels.Sentiment(step.First).Value, Stronger: EvalModels.Sentiment(step.Second).Value)).ToList();
        Report.Misses("intensity", steps.Select(step => ($"{step.First} < {step.Second}", "stronger", IsStep(step.Weaker, step.Stronger) ? "stronger" : $"{step.Weaker:+0.00;-0.00} {step.Stronger:+0.00;-0.00}")));
        return steps.Average(step => IsStep(step.Weaker, step.Stronger) ? 1.0 : 0);
    }

    // The stronger says which way it goes.
    private static bool IsStep(double weaker, double stronger) => Math.Abs(stronger) > 0.1 && (stronger > 0 ? stronger > weaker : stronger < weaker);

    private static double Hard(string part, List<(string Part, string Truth, string Text, SentimentPrediction Said)> rows)
    {
        Report.Misses($"hard sentences of ours, {part}", rows.Select(row => (row.Text, row.Truth, IsRight(row.Truth, row.Said) ? row.Truth : $"{row.Said.Value:+0.00;-0.00} {row.Said.Confidence:0.00}")));
        return rows.Average(row => IsRight(row.Truth, row.Said) ? 1.0 : 0);
    }

    // Irony is right when it is marked as unsure and not taken for joy; plain praise when it is neither.
    private static bool IsRight(string truth, SentimentPrediction said) => truth switch
    {
        "ironic" => said.Confidence < NluOptions.ReliableSentiment && said.Value < 0.1,
        "plain" => said.Confidence >= NluOptions.ReliableSentiment && said.Value > -0.1,
        "negative" => said.Value < -0.1,
        _ => said.Value > 0.1,
    };

    private static List<(string Text, double Rating)> Rated(string path, HashSet<string> rows) =>
        [.. File.ReadLines(path, Encoding.Latin1).Select(line => line.Split('\t')).Where(cells => cells.Length > 2 && rows.Contains(cells[0])).Select(cells => (cells[2], double.Parse(cells[1])))];

    private static double Correlation(List<(double X, double Y)> pairs)
    {
        var (x, y) = (pairs.Average(pair => pair.X), pairs.Average(pair => pair.Y));
        return pairs.Sum(pair => (pair.X - x) * (pair.Y - y)) / Math.Sqrt(pairs.Sum(pair => Math.Pow(pair.X - x, 2)) * pairs.Sum(pair => Math.Pow(pair.Y - y, 2)));
    }
}
