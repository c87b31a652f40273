using System.Diagnostics;

namespace CustomerService.Nlu;

public sealed class EntityPropertyTests
{
    private static readonly EntityRecogniser s_recogniser = EntityRecogniser.Load(ModelFiles.Path("entities", "entities.bin"));
    private static readonly EntityContext s_context = new(new(2026, 3, 11, 10, 0, 0, TimeSpan.Zero), "en", "US");

    private static readonly string[] s_pieces =
        ["order", "#", "12", "4111 1111 1111 1111", "€", " ", "\n", "a@b.co", "https://x.y", "+49", "(", ")", "-", ".", "May", "3", "tomorrow", "Anna", "Main Street", "GB82", "é", "e\u0301", "\uD83D\uDE00", "\uD800", "\0", "订单", "12:30", "1,2", "/", "ago"];

    [Fact]
    public void Spans_lie_within_the_text_reproduce_it_and_do_not_overlap()
    {
        var random = new Random(11);
        for (var i = 0; i < 1000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(25)).Select(_ => s_pieces[random.Next(s_pieces.Length)] + (random.Next(2) == 0 ? " " : "")));
            var end = 0;
            foreach (var entity in s_recogniser.Find(text, s_context))
            {
                Assert.True(entity.Offset >= end && entity.Length > 0);
                end = entity.Offset + entity.Length;
                Assert.True(end <= text.Length);
                Assert.Equal(text.Substring(entity.Offset, entity.Length), entity.Text);
                Assert.InRange(entity.Confidence, 0, 1);
                Assert.NotEmpty(entity.Value);
            }
        }
    }

    [Fact]
    public void Any_characters_at_any_time_are_taken_without_an_exception()
    {
        var random = new Random(12);
        DateTimeOffset[] moments = [DateTimeOffset.MinValue, DateTimeOffset.MaxValue, s_context.At];
        for (var i = 0; i < 1000; i++)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(60)).Select(_ => (char)random.Next(random.Next(2) == 0 ? 0x80 : 0x10000))) + " 300 years ago, in 900 days, next year, yesterday, in 999 hours";
            _ = s_recogniser.Find(text, s_context with { At = moments[i % moments.Length] });
        }
    }

    [Theory]
    [InlineData("1 "), InlineData("a"), InlineData("1-"), InlineData("a@"), InlineData("www."), InlineData("1.1"), InlineData("order "), InlineData("(1"), InlineData("Ab "), InlineData("1,"), InlineData("GB82"), InlineData("5 May "), InlineData("a.b-")]
    public void Time_grows_no_faster_than_the_text(string piece)
    {
        var text = string.Concat(Enumerable.Repeat(piece, EntityRecogniser.MaxCharacters / piece.Length));
        s_recogniser.Find(text, s_context);
        var start = Stopwatch.GetTimestamp();

        s_recogniser.Find(text, s_context);

        // Ten thousand characters of the worst kind, on a busy machine; a backtracking pattern would need minutes.
        Assert.True(Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(20), $"{Stopwatch.GetElapsedTime(start)}");
    }

    [Fact]
    public void The_same_text_gives_the_same_entities()
    {
        const string text = "Order 4532015112830366 for Anna, 12 May Street, 5 May 2026, +49 30 123456, 12.05.2026";

        Assert.Equal(s_recogniser.Find(text, s_context), s_recogniser.Find(text, s_context));
    }

    [Theory, InlineData(new byte[] { 1, 2, 3, 4 }), InlineData(new byte[] { 0x45, 0x4E, 0x54, 0x31, 1 })]
    public void A_damaged_model_is_refused_with_a_reason(byte[] bytes) =>
        Assert.Contains("entity model", Assert.Throws<InvalidDataException>(() => EntityRecogniser.Load(new MemoryStream(bytes))).Message, StringComparison.Ordinal);
}
