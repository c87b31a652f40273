using CustomerService.Shell;

namespace CustomerService.Conversations;

/// <summary>Sentiment in words: never only a colour or a figure.</summary>
internal static class SentimentWords
{
    /// <summary>A fall of this much between neighbouring points is marked as the turn that caused it.</summary>
    public const double Drop = 0.3;

    private const double Flat = 0.15;

    public static string Of(double value) => value switch
    {
        <= -0.6 => "Very unhappy",
        <= -0.2 => "Unhappy",
        < 0.2 => "Neutral",
        < 0.6 => "Pleased",
        _ => "Very pleased",
    };

    /// <returns><c>bad</c>, <c>warn</c>, <c>flat</c> or <c>good</c>: the meaning that a mark beside the word has.</returns>
    public static string Tone(double value) => value switch
    {
        <= -0.6 => "bad",
        <= -0.2 => "warn",
        < 0.2 => "flat",
        _ => "good",
    };

    /// <returns>"Unhappy and falling: from 0.2 to −0.5 in 3 messages."</returns>
    public static string Describe(ImmutableArray<SentimentPoint> points)
    {
        if (points.IsDefaultOrEmpty)
            return "No message of the contact was analysed yet.";

        var (first, last) = (points[0].Smoothed, points[^1].Smoothed);
        if (points.Length == 1)
            return $"{Of(last)} ({Words.Number(last)}) in the first message.";

        var change = last - first;
        return Math.Abs(change) < Flat
            ? $"{Of(last)} and steady at {Words.Number(last)} over {points.Length} messages."
            : $"{Of(last)} and {(change < 0 ? "falling" : "rising")}: from {Words.Number(first)} to {Words.Number(last)} in {points.Length} messages.";
    }

    /// <summary>The message at which the curve fell most, when it fell by at least <see cref="Drop"/>.</summary>
    public static SentimentPoint? WorstDrop(ImmutableArray<SentimentPoint> points)
    {
        SentimentPoint? worst = null;
        var deepest = -Drop;
        for (var i = 1; i < points.Length; i++)
        {
            var fall = points[i].Smoothed - points[i - 1].Smoothed;
            if (fall > deepest)
                continue;

            (worst, deepest) = (points[i], fall);
        }

        return worst;
    }
}
