namespace CustomerService.Nlu;

/// <summary>What a tenant's own intents and the support pack say together (docs/decisions/0008).</summary>
/// <remarks>
/// Own intents come first: they have the probability that any of them is meant, and the pack shares what they leave. Before them come the pack's
/// intents that the product acts on itself, or that mean nothing to a business. From a few examples nobody can tell what lies outside of them:
/// then own intents have what the pack does not claim. The confidences and out of scope stay one distribution.
/// </remarks>
internal static class IntentMix
{
    private const int MaxIntents = 3;
    private const double LeastConfidence = 0.02;

    // From this on a set of examples knows its own bounds; with three intents of three examples nearly every text passes for one of them.
    private const double EnoughIntents = 5, EnoughExamples = 5;

    /// <summary>How far a model's word on what is out of its scope can be relied on, 0 to 1.</summary>
    public static double Trust(ImmutableArray<IntentScore> intents) =>
        intents.IsEmpty ? 0 : Math.Min(1, intents.Length / EnoughIntents) * Math.Min(1, intents.Average(intent => intent.Examples) / EnoughExamples);

    /// <param name="own">What the tenant's model says.</param>
    /// <param name="trust">See <see cref="Trust"/>.</param>
    /// <param name="pack">What the support pack says.</param>
    public static IntentPredictions Of(IntentPredictions own, double trust, IntentPredictions pack)
    {
        var unclaimed = 1 - ((1 - trust) * (1 - pack.OutOfScope));
        var notOwn = 1 - ((1 - own.OutOfScope) * unclaimed);
        var first = pack.Intents.Where(intent => ComesFirst(intent.Intent)).Sum(intent => intent.Confidence);
        var intents = pack.Intents.Select(intent => intent with { Confidence = intent.Confidence * (ComesFirst(intent.Intent) ? 1 : notOwn) })
            .Concat(own.Intents.Select(intent => intent with { Confidence = intent.Confidence * unclaimed * (1 - first) }))
            .GroupBy(intent => intent.Intent, (name, same) => new IntentPrediction(name, same.Sum(intent => intent.Confidence)), StringComparer.Ordinal)
            .Where(intent => intent.Confidence >= LeastConfidence)
            .OrderByDescending(intent => intent.Confidence).Take(MaxIntents);
        return new([.. intents], pack.OutOfScope * notOwn);
    }

    private static bool ComesFirst(string intent) => intent == Escalation.PersonIntent || SmallTalk.Is(intent);
}
