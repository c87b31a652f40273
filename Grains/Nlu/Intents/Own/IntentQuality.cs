namespace CustomerService.Nlu;

/// <summary>An example, judged by a model that was not trained on it.</summary>
internal readonly record struct JudgedExample(string Text, int Truth, int Said, double Confidence)
{
    public bool IsRight => Truth == Said;
}

/// <summary>How good a tenant's intents are, by five-fold cross-validation: every example judged by a model that has not seen it.</summary>
/// <param name="Accuracy">Share of the examples that were named rightly, 0 to 1.</param>
/// <param name="CalibrationError">How far confidence is from the share of right answers, on average over ten bands of it.</param>
/// <param name="Intents">Each intent's figures, in order of name.</param>
/// <param name="Confusions">Pairs that are mistaken for each other, most often first, at most 20.</param>
/// <param name="Unsure">Examples judged wrongly or with least confidence, at most 50: look at these first.</param>
internal sealed record IntentQuality(
    double Accuracy, double CalibrationError, ImmutableArray<IntentScore> Intents, ImmutableArray<IntentConfusion> Confusions, ImmutableArray<UnsureExample> Unsure)
{
    private const int MaxConfusions = 20, MaxUnsure = 50;

    public static IntentQuality Of(ImmutableArray<string> labels, IReadOnlyList<JudgedExample> judged) => new(
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

/// <summary>One intent's figures.</summary>
/// <param name="Intent">Its name.</param>
/// <param name="Examples">How many examples it has.</param>
/// <param name="Precision">Share of right ones among the texts that were given its name.</param>
/// <param name="Recall">Share of its examples that were given its name.</param>
internal sealed record IntentScore(string Intent, int Examples, double Precision, double Recall);

/// <summary>One intent taken for another.</summary>
internal sealed record IntentConfusion(string Intent, string TakenFor, int Count);

/// <summary>An example that is worth a look.</summary>
internal sealed record UnsureExample(string Text, string Intent, string Said, double Confidence);
