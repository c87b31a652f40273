using CustomerService.Conversations;
using static CustomerService.Nlu.TrajectoryTests;

namespace CustomerService.Nlu;

public sealed class EscalationTests
{
    [Fact]
    public void A_fall_is_told_with_its_figures_and_its_cause()
    {
        var escalation = Escalation.Of(Said("complaint"), Curve(0.2, 0.1, -0.6, -0.7), complexity: 0.2, new("complaint", 1));

        Assert.Equal(AlertKind.Sentiment, escalation?.Kind);
        Assert.Equal("Sentiment fell from 0.1 to −0.7 in 2 messages.", escalation?.Reason);
        Assert.Equal(3, escalation?.Cause);
    }

    [Fact]
    public void A_furious_first_message_is_told() =>
        Assert.Equal("Sentiment is −0.9.", Escalation.Of(Said("complaint"), Curve(-0.9), complexity: 0, new("complaint", 1))?.Reason);

    [Fact]
    public void Asking_for_a_person_comes_first()
    {
        var escalation = Escalation.Of(Said("contact_human_agent"), Curve(0.2, -0.9), complexity: 1, new("contact_human_agent", 4));

        Assert.Equal((AlertKind.PersonRequested, "Asked for a person."), (escalation!.Value.Kind, escalation.Value.Reason));
        Assert.True(escalation.Value.Severity > 0.5);
    }

    [Fact]
    public void The_third_message_about_one_problem_is_told() =>
        Assert.Equal("Third message about the same problem: track order.", Escalation.Of(Said("track_order"), Curve(0, 0, 0), complexity: 0.3, new("track_order", 3))?.Reason);

    [Theory, InlineData(0.1), InlineData(0.6)]
    public void A_calm_plain_question_calls_nobody(double sentiment) =>
        Assert.Null(Escalation.Of(Said("track_order"), Curve(0.2, sentiment), complexity: 0.2, new("track_order", 2)));

    [Fact]
    public void A_guessed_sentiment_raises_no_alert() =>
        Assert.Null(Escalation.Of(Said("track_order") with { SentimentConfidence = 0.2 }, Curve(0.2, -0.9), complexity: 0.2, new("track_order", 1)));

    [Fact]
    public void Small_talk_and_what_is_out_of_scope_do_not_break_a_streak()
    {
        var streak = default(IntentStreak).After(Said("track_order")).After(Said("greeting")).After(Said("get_refund") with { OutOfScope = 0.95 }).After(Said("track_order"));

        Assert.Equal(new IntentStreak("track_order", 2), streak);
        Assert.Equal(new IntentStreak("get_refund", 1), streak.After(Said("get_refund")));
    }

    [Fact]
    public void A_plain_question_has_no_complexity() =>
        Assert.Equal(0, Complexity.Of("Where is my order?", Said("track_order"), Curve(0.1), new("track_order", 1)));

    [Fact]
    public void Complexity_stays_in_its_range_and_more_of_any_sign_never_lowers_it()
    {
        var random = new Random(7);
        for (var run = 0; run < 5_000; run++)
        {
            var text = new string('a', random.Next(0, 2_000)) + new string('?', random.Next(0, 6));
            var analysis = Said("track_order") with { OutOfScope = random.NextDouble() };
            var curve = Curve([.. Enumerable.Range(0, random.Next(1, 20)).Select(_ => (random.NextDouble() * 2) - 1)]);
            var streak = new IntentStreak("track_order", random.Next(1, 6));

            var complexity = Complexity.Of(text, analysis, curve, streak);

            Assert.InRange(complexity, 0, 1);
            Assert.True(Complexity.Of(text + "??", analysis, curve, streak) >= complexity);
            Assert.True(Complexity.Of(text, analysis, curve, streak with { Messages = streak.Messages + 1 }) >= complexity);
            Assert.True(Complexity.Of(text, analysis with { OutOfScope = 1 }, curve, streak) >= complexity);
        }
    }

    private static Analysis Said(string intent) =>
        new(new("en", 1), [new(intent, 0.9)], OutOfScope: 0.02, Entities: [], Sentiment: -0.5, SentimentConfidence: 0.8, IsDegraded: false);
}
