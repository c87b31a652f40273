using System.Text;

namespace CustomerService.Nlu;

public sealed class WordPieceTests
{
    private static readonly WordPiece _pieces = new(Encoding.UTF8.GetBytes(
        """{"model":{"vocab":{"[CLS]":1,"[SEP]":2,"[UNK]":3,"un":4,"##afford":5,"##able":6,"cafe":7,"!":8,"中":9,"my":10}}}"""));

    [Theory]
    [InlineData("unaffordable", new[] { 1, 4, 5, 6, 2 })]
    [InlineData("UNAFFORDABLE!", new[] { 1, 4, 5, 6, 8, 2 })]
    [InlineData("my Café", new[] { 1, 10, 7, 2 })]
    [InlineData("my中my", new[] { 1, 10, 9, 10, 2 })]
    [InlineData("my xyz my", new[] { 1, 10, 3, 10, 2 })]
    [InlineData(" \t\n\u0000\u00A0my\u200B ", new[] { 1, 10, 2 })]
    public void Words_become_their_longest_known_pieces(string text, int[] expected) => Assert.Equal(expected, Encode(text, 16));

    [Fact]
    public void What_does_not_fit_is_left_out_and_the_end_is_marked() => Assert.Equal([1, 10, 10, 2], Encode("my my my my my", 4));

    [Fact]
    public void A_word_of_more_than_100_letters_is_unknown() => Assert.Equal([1, 3, 2], Encode(new string('u', 101), 16));

    private static int[] Encode(string text, int room)
    {
        var tokens = new int[room];
        return tokens[.._pieces.Encode(text, tokens)];
    }
}
