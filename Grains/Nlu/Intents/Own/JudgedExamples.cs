namespace CustomerService.Nlu;

/// <summary>An example, judged by a model that was not trained on it.</summary>
internal readonly record struct JudgedExample(string Text, int Truth, int Said, double Confidence)
{
    public bool IsRight => Truth == Said;
}

/// <summary>Sums up what models said of examples that they had not seen.</summary>
internal static class JudgedExamples
{
    private const int MaxConfusions = 20, MaxUnsure = 50;

    public static IntentQuality Quality(ImmutableArray<string> labels, IReadOnlyList<JudgedExample> judged) => new(
        judged.Average(one => one.IsRight ? 1.0 : 0),
        Calibration.Error(judged.Select(one => (one.Confidence, one.IsRight))),
        [.. labels.Select((label, at) => Score(label, at, judged))],
        [.. judged.Where(one => !one.IsRight).GroupBy(one => (one.Truth, one.Said)).OrderByDescending(pair => pair.Count()).Take(MaxConfusions)
            .Select(pair => new IntentConfusion(labels[pair.Key.Truth], labels[pair.Key.Said], pair.Count()))],
        [.. judged.OrderBy(one => one.IsRight ? one.Confidence : one.Confidence - 1).Take(MaxUnsure)
            .Select(one => new UnsureExample(one.Text, labels[one.Truth], labels[one.Said], one.Confidence))]);

    private static IntentScore Score(string label, int at, IReadOnlyList<JudgedExample> judged)
    {
        int examples = judged.Count(one => one.Truth == at), said = judged.Count(one => one.Said == at), right = judged.Count(one => one.Said == at && one.IsRight);
        return new IntentScore(label, examples, said == 0 ? 0 : right / (double)said, examples == 0 ? 0 : right / (double)examples);
    }
}
