namespace CustomerService.Conversations;

public sealed class SentimentWordsTests
{
    [Theory]
    [InlineData(-1, "Very unhappy")]
    [InlineData(-0.6, "Very unhappy")]
    [InlineData(-0.59, "Unhappy")]
    [InlineData(0, "Neutral")]
    [InlineData(0.2, "Pleased")]
    [InlineData(1, "Very pleased")]
    public void A_value_has_a_word(double value, string word) => Assert.Equal(word, SentimentWords.Of(value));

    [Fact]
    public void A_curve_is_told_in_words()
    {
        Assert.Equal("Very unhappy and falling: from 0.2 to −0.7 in 3 messages.", SentimentWords.Describe(Points(0.2, -0.1, -0.7)));
        Assert.Equal("Neutral and steady at 0.1 over 2 messages.", SentimentWords.Describe(Points(0.0, 0.1)));
        Assert.Equal("Pleased (0.4) in the first message.", SentimentWords.Describe(Points(0.4)));
        Assert.Equal("No message of the contact was analysed yet.", SentimentWords.Describe([]));
    }

    [Fact]
    public void The_turn_that_caused_a_drop_is_the_one_with_the_deepest_fall()
    {
        Assert.Equal(4, SentimentWords.WorstDrop(Points(0.5, 0.1, -0.1, -0.8, -0.9))?.Sequence);
        Assert.Null(SentimentWords.WorstDrop(Points(0.5, 0.3, 0.1, -0.1)));
        Assert.Null(SentimentWords.WorstDrop(Points(-0.9)));
    }

    [Fact]
    public void A_curve_lies_inside_its_picture() =>
        Assert.Equal("M2 14L12 8L22 2", Curve.Path(Points(-1, 0, 1), 24, 16, 2));

    private static ImmutableArray<SentimentPoint> Points(params double[] values) => [.. values.Select((value, i) => new SentimentPoint(i + 1, value, value))];
}
