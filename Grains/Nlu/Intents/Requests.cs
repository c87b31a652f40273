namespace CustomerService.Nlu;

/// <summary>Tells from its pieces whether a message asks for several things.</summary>
internal static class Requests
{
    // Below this a piece is no request of its own: it goes with the one before.
    private const double Sure = 0.6;

    /// <summary>The requests, in order; none when the message asks for one thing or nothing that is known.</summary>
    /// <param name="clauses">The message's pieces.</param>
    /// <param name="said">What each of them asks for.</param>
    public static ImmutableArray<IntentSpan> Of(IReadOnlyList<Clause> clauses, IReadOnlyList<IntentPredictions> said)
    {
        var requests = new List<IntentSpan>();
        foreach (var (clause, intents) in clauses.Zip(said))
        {
            var end = clause.Offset + clause.Length;
            if (intents is not { OutOfScope: < 0.5, Intents: [{ Confidence: >= Sure } likely, ..] } || SmallTalk.Is(likely.Intent))
                continue;

            if (requests is [.., { } last] && last.Intent == likely.Intent)
                requests[^1] = last with { Length = end - last.Offset, Confidence = Math.Max(last.Confidence, likely.Confidence) };
            else
                requests.Add(new IntentSpan(likely.Intent, clause.Offset, clause.Length, likely.Confidence));
        }

        return requests.DistinctBy(request => request.Intent).Count() > 1 ? [.. requests] : [];
    }
}
