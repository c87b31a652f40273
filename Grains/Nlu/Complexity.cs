using CustomerService.Conversations;

namespace CustomerService.Nlu;

/// <summary>How often in a row the contact came back to one intent.</summary>
/// <param name="Intent">Which; null when nothing could be said yet.</param>
/// <param name="Messages">How many messages, without those that say nothing about an intent.</param>
internal readonly record struct IntentStreak(string? Intent, int Messages)
{
    private const double LeastConfidence = 0.4;

    /// <summary>The streak after another message; small talk and what is out of scope leave it as it is.</summary>
    public IntentStreak After(Analysis analysis)
    {
        if (analysis.Intents is not [{ Confidence: >= LeastConfidence } likely, ..] || analysis.OutOfScope > likely.Confidence || SmallTalk.Is(likely.Intent))
            return this;
        return likely.Intent == Intent ? this with { Messages = Messages + 1 } : new(likely.Intent, 1);
    }
}

/// <summary>How hard a conversation is for whoever answers: 0 (one plain question) to 1.</summary>
internal static class Complexity
{
    /// <summary>Each sign that is there takes away a part of what is left to 1, so more of any sign never lowers it.</summary>
    /// <param name="text">The newest message.</param>
    /// <param name="analysis">What was understood of it.</param>
    /// <param name="curve">The sentiment curve with this message.</param>
    /// <param name="streak">How often in a row the contact came back to one intent, with this message.</param>
    public static double Of(string text, Analysis analysis, ImmutableArray<SentimentPoint> curve, IntentStreak streak)
    {
        var intents = Math.Max(analysis.Intents.Count(intent => intent.Confidence >= 0.2), analysis.Requests.DistinctBy(request => request.Intent).Count());
        var simple = 1.0;
        Sign(0.30, text.Length - 120, 700);
        Sign(0.25, text.Count(c => c is '?' or '？' or '؟') - 1, 3);
        Sign(0.30, intents - 1, 2);
        Sign(0.25, analysis.Entities.Length - 1, 5);
        Sign(0.20, analysis.OutOfScope - 0.3, 0.7);
        Sign(0.50, streak.Messages - 1, 3);
        Sign(0.30, curve.Length - 3, 9);
        Sign(0.35, curve.IsEmpty ? 0 : -curve[^1].Smoothed, 1);
        return Math.Round(1 - simple, 3);

        void Sign(double weight, double amount, double full) => simple *= 1 - (weight * Math.Clamp(amount / full, 0, 1));
    }
}
