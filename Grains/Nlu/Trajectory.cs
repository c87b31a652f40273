using CustomerService.Conversations;

namespace CustomerService.Nlu;

/// <summary>A lasting fall of sentiment, as the newest message shows it.</summary>
/// <param name="From">Sentiment before it began.</param>
/// <param name="To">Sentiment of the newest message.</param>
/// <param name="Messages">How many messages it took, the cause among them.</param>
/// <param name="Cause">The sequence number of the message with which it turned: the first that lies nearly as low as the lowest.</param>
internal readonly record struct SentimentTurn(double From, double To, int Messages, long Cause);

/// <summary>How a conversation's sentiment moves: each message, smoothed, and the point where it turns.</summary>
/// <remarks>
/// The turn is Page's cumulative sum: what each message lies below the level so far, less an allowance for noise, is added up; the
/// sum falls back when messages are at the level again. The level rests while a fall is under way. Allowance and alarm were chosen on half of
/// the conversations in tests/Evals/Trajectories: to report a fault reads as sad, and is not yet a conversation that turns bad.
/// </remarks>
internal static class Trajectory
{
    private const double Allowance = 0.3, Alarm = 0.7, Ceiling = 1.2, Nearly = 0.75;

    /// <summary>The curve's next point. A message whose sentiment is unsure moves the smoothed value less.</summary>
    /// <param name="curve">The points so far, oldest first.</param>
    /// <param name="sequence">The contact's message.</param>
    /// <param name="value">Its sentiment, −1 to 1.</param>
    /// <param name="confidence">How far that can be relied on, 0 to 1.</param>
    public static SentimentPoint Next(ImmutableArray<SentimentPoint> curve, long sequence, double value, double confidence)
    {
        // One neutral message stands before the first, as in Turn: a single message moves the curve, it does not set it.
        var weight = 0.25 + (0.35 * confidence);
        var before = curve.IsEmpty ? 0 : curve[^1].Smoothed;
        return new(sequence, Math.Round(value, 3), Math.Round(before + (weight * (value - before)), 3));
    }

    /// <summary>The fall that the newest point completes or continues; null when there is none.</summary>
    public static SentimentTurn? Turn(ImmutableArray<SentimentPoint> curve)
    {
        // One neutral message stands before the first, so that a first angry message is a fall as well.
        var (sum, level, seen, start) = (0.0, 0.0, 1, 0);
        for (var i = 0; i < curve.Length; i++)
        {
            if (sum == 0)
                start = i;
            sum = Math.Clamp(sum + level - curve[i].Value - Allowance, 0, Ceiling);
            if (sum == 0)
                level += (curve[i].Value - level) / ++seen;
        }

        if (sum < Alarm)
            return null;
        var cause = CauseIn(curve.AsSpan()[start..], level) + start;
        return new(Math.Round(level, 2), curve[^1].Value, curve.Length - cause, curve[cause].Sequence);
    }

    private static int CauseIn(ReadOnlySpan<SentimentPoint> fall, double level)
    {
        var lowest = level;
        foreach (var point in fall)
            lowest = Math.Min(lowest, point.Value);
        var cause = 0;
        while (level - fall[cause].Value < Nearly * (level - lowest))
            cause++;
        return cause;
    }
}
