using System.Globalization;
using CustomerService.Conversations;

namespace CustomerService.Nlu;

/// <summary>Why people should look at a conversation now.</summary>
/// <param name="Kind">What raised it.</param>
/// <param name="Reason">Why, in words with the figures.</param>
/// <param name="Severity">0 to 1.</param>
/// <param name="Cause">The message with which it turned.</param>
internal readonly record struct Escalation(AlertKind Kind, string Reason, double Severity, long Cause)
{
    internal const string PersonIntent = "contact_human_agent", ComplaintIntent = "complaint";
    private const double SurePerson = 0.5, VeryLow = -0.9, LowForLong = -0.55, Hard = 0.75;
    private const int SameMatter = 3;

    /// <summary>The reason that weighs most after a contact's message, or null when nothing calls for people.</summary>
    /// <param name="analysis">What was understood of the newest message.</param>
    /// <param name="curve">The sentiment curve with that message, not empty.</param>
    /// <param name="complexity">See <see cref="Complexity.Of"/>.</param>
    /// <param name="streak">How often in a row the contact came back to one intent, with that message.</param>
    public static Escalation? Of(Analysis analysis, ImmutableArray<SentimentPoint> curve, double complexity, IntentStreak streak)
    {
        var newest = curve[^1];
        if (analysis.Intents is [{ Intent: PersonIntent, Confidence: >= SurePerson }, ..] || analysis.Requests.Any(request => request.Intent == PersonIntent))
            return new(AlertKind.PersonRequested, "Asked for a person.", Math.Max(0.5, SeverityAt(newest.Smoothed)), newest.Sequence);
        if (Fall(analysis, curve) is { } fall)
            return fall;
        if (streak.Messages >= SameMatter && newest.Smoothed < 0.3)
            return new(AlertKind.Complexity, $"{Ordinal(streak.Messages)} message about the same problem: {streak.Intent!.Replace('_', ' ')}.", 0.45, newest.Sequence);
        return complexity >= Hard ? new(AlertKind.Complexity, $"A hard matter: complexity {Number(complexity)}.", 0.4, newest.Sequence) : null;
    }

    private static Escalation? Fall(Analysis analysis, ImmutableArray<SentimentPoint> curve)
    {
        var newest = curve[^1];
        if (analysis.SentimentConfidence < NluOptions.ReliableSentiment)
            return null;
        if (Trajectory.Turn(curve) is { } turn && curve.Length > 1)
        {
            var messages = turn.Messages == 1 ? "one message" : $"{turn.Messages} messages";
            return new(AlertKind.Sentiment, $"Sentiment fell from {Number(turn.From)} to {Number(turn.To)} in {messages}.", SeverityAt(newest.Smoothed), turn.Cause);
        }

        return newest.Value <= VeryLow || newest.Smoothed <= LowForLong
            ? new(AlertKind.Sentiment, $"Sentiment is {Number(newest.Value)}.", SeverityAt(newest.Smoothed), newest.Sequence)
            : null;
    }

    private static double SeverityAt(double smoothed) => Math.Clamp(0.5 - (smoothed / 2), 0, 1);

    // A typographic minus, as agents read it, and no "-0".
    private static string Number(double value) =>
        (Math.Round(value, 1) + 0.0).ToString("0.0", CultureInfo.InvariantCulture).Replace("-", "−", StringComparison.Ordinal);

    private static string Ordinal(int number) => number switch
    {
        3 => "Third",
        4 => "Fourth",
        5 => "Fifth",
        _ => $"{number}th",
    };
}
