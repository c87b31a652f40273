namespace CustomerService.Nlu;

public sealed class TextPiecesTests
{
    [Theory]
    [InlineData("Where's  my ORDER #12345?!", " wheres my order 0 ")]
    [InlineData("", " ")]
    [InlineData("人工客服", " 人 工 客 服 ")]
    [InlineData("Přeji si člověka", " přeji si člověka ")]
    public void Case_punctuation_and_digits_do_not_count(string text, string expected)
    {
        var normal = new char[64];

        Assert.Equal(expected, new string(normal, 0, TextPieces.Normalize(text, normal)));
    }

    [Fact]
    public void Texts_that_differ_only_in_what_does_not_count_have_the_same_pieces()
    {
        var (one, other) = (new TextPieces(), new TextPieces());

        one.Read("track ORDER 123!");
        other.Read("Track order #98765");

        Assert.Equal(one.Words, other.Words);
        Assert.Equal(one.Characters, other.Characters);
    }

    [Fact]
    public void A_text_reads_the_same_after_another_was_read()
    {
        var (fresh, used) = (new TextPieces(), new TextPieces());
        used.Read("something else entirely");

        fresh.Read("thank you");
        used.Read("thank you");

        Assert.Equal(fresh.Words, used.Words);
        Assert.Equal(fresh.Characters, used.Characters);
    }
}
