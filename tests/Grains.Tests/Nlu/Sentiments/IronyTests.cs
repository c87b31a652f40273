namespace CustomerService.Nlu;

public sealed class IronyTests
{
    [Theory]
    [InlineData("Great, third time this week."), InlineData("Oh wonderful, the app crashed again"), InlineData("Thanks for nothing!"), InlineData("PERFECT. STILL NO PARCEL.")]
    [InlineData("Thank you so much for ruining our holiday"), InlineData("Well done, you charged me twice")]
    public void Praise_in_front_of_bad_news_is_not_meant(string text) => Assert.True(Irony.IsLikely(text));

    [Theory]
    [InlineData("Great, thank you!"), InlineData("Perfect, no problem, I can wait"), InlineData("Awesome, the broken lamp was replaced"), InlineData("Thanks for the quick answer"), InlineData("")]
    [InlineData("It is broken again and nobody answers"), InlineData("The third time was great"), InlineData("Great that it works again, I was waiting for it, thanks")]
    public void Praise_that_is_meant_and_plain_complaints_are_no_irony(string text) => Assert.False(Irony.IsLikely(text));

    [Fact]
    public void Ten_thousand_characters_are_answered_at_once() => Assert.False(Irony.IsLikely("great " + new string('a', 10_000)));
}
