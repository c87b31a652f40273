using CustomerService.Conversations;

namespace CustomerService.Nlu;

public sealed class TrajectoryTests
{
    [Fact]
    public void A_fall_is_seen_with_the_message_that_turned_it()
    {
        var turn = Trajectory.Turn(Curve(0.2, 0.1, -0.3, -0.8, -0.7));

        Assert.Equal(new SentimentTurn(From: 0.1, To: -0.7, Messages: 2, Cause: 4), turn);
    }

    [Fact]
    public void To_report_a_fault_once_is_no_fall() => Assert.Null(Trajectory.Turn(Curve(0, -0.7, 0.1, -0.2)));

    [Theory]
    [InlineData(0.2, 0.3, 0.2, 0.1, 0.3)]
    [InlineData(-0.2, -0.1, 0.1, -0.2, 0.0)]
    [InlineData(0.5, 0.1, 0.4, 0.2, 0.5)]
    [InlineData(-0.9, -0.2, 0.3, 0.5, 0.6)]
    public void Noise_and_a_recovery_are_no_fall(params double[] values) => Assert.Null(Trajectory.Turn(Curve(values)));

    [Fact]
    public void One_furious_message_after_friendly_ones_is_a_fall_of_one_message() =>
        Assert.Equal(1, Trajectory.Turn(Curve(0.3, 0.4, -0.8))?.Messages);

    [Fact]
    public void A_slow_slide_is_seen_before_the_bottom()
    {
        double[] slide = [0.3, 0.2, 0.1, -0.1, -0.2, -0.4, -0.5, -0.7, -0.9];

        var seen = Enumerable.Range(1, slide.Length).First(count => Trajectory.Turn(Curve(slide[..count])) is not null);

        Assert.InRange(seen, 5, 8);
    }

    [Fact]
    public void An_unsure_sentiment_moves_the_smoothed_value_less()
    {
        var curve = Curve(0.5);

        Assert.True(Trajectory.Next(curve, 2, -1, confidence: 1).Smoothed < Trajectory.Next(curve, 2, -1, confidence: 0.1).Smoothed);
    }

    [Fact]
    public void Properties_hold_for_ten_thousand_random_curves()
    {
        var random = new Random(20261122);
        for (var run = 0; run < 10_000; run++)
        {
            double[] values = [.. Enumerable.Range(0, random.Next(1, 24)).Select(_ => Math.Round((random.NextDouble() * 2) - 1, 3))];
            var curve = Curve(values);

            Assert.All(curve, point => Assert.InRange(point.Smoothed, Math.Min(0, values.Min()), Math.Max(0, values.Max())));
            Assert.Equal(Trajectory.Turn(curve), Trajectory.Turn(Curve(values)));
            if (Trajectory.Turn(curve) is not { } turn)
                continue;
            Assert.InRange(turn.Cause, 1, values.Length);
            Assert.Equal(values.Length - turn.Cause + 1, turn.Messages);
            Assert.True(values[(int)turn.Cause - 1] < turn.From);

            // A worse newest message never makes a fall go away.
            values[^1] = -1;
            Assert.NotNull(Trajectory.Turn(Curve(values)));
        }
    }

    internal static ImmutableArray<SentimentPoint> Curve(params double[] values)
    {
        var curve = ImmutableArray<SentimentPoint>.Empty;
        foreach (var value in values)
            curve = curve.Add(Trajectory.Next(curve, curve.Length + 1, value, confidence: 0.8));
        return curve;
    }
}
