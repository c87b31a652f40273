namespace CustomerService.Nlu;

public sealed class ClausesTests
{
    [Theory]
    [InlineData("Where is my order?", "Where is my order?")]
    [InlineData("Cancel my order. Then send me the invoice please", "Cancel my order.|Then send me the invoice please")]
    [InlineData("cancel order 12 and also change my address", "cancel order 12|and also change my address")]
    [InlineData("I want a refund\nWhere do I see my invoice", "I want a refund|Where do I see my invoice")]
    [InlineData("I bought a table and chairs", "I bought a table and chairs")]
    [InlineData("Hi! Where is my order?", "Hi! Where is my order?")]
    [InlineData("Ich will stornieren und brauche die Rechnung", "Ich will stornieren|und brauche die Rechnung")]
    [InlineData("我要退款。我的订单在哪里？", "我要退款。|我的订单在哪里？")]
    [InlineData("  ", "")]
    [InlineData("It costs 12.50 EUR, does it", "It costs 12.50 EUR, does it")]
    public void A_message_is_cut_where_a_request_may_begin(string text, string expected) =>
        Assert.Equal(expected, string.Join('|', Clauses.Of(text).Select(clause => clause.Of(text))));

    [Fact]
    public void A_long_message_has_a_bounded_number_of_pieces_that_cover_it()
    {
        var text = string.Concat(Enumerable.Repeat("This is one sentence. ", 500)).Trim();

        var clauses = Clauses.Of(text);

        Assert.Equal(Clauses.Most, clauses.Count);
        Assert.Equal(text.Length, clauses[^1].Offset + clauses[^1].Length);
    }
}
