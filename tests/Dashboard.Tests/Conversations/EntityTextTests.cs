using CustomerService.Nlu;

namespace CustomerService.Conversations;

public sealed class EntityTextTests
{
    [Fact]
    public void A_text_is_cut_where_entities_begin_and_end()
    {
        var parts = TextPart.Cut("Order QM-1, please", [Order(6, 4)]);

        Assert.Equal(["Order ", "QM-1", ", please"], parts.Select(p => p.Text));
        Assert.Equal([null, EntityKind.OrderId, null], parts.Select(p => p.Entity?.Kind));
    }

    [Theory]
    [InlineData(0, 4, 2, 4)]
    [InlineData(0, 4, 90, 4)]
    [InlineData(0, 4, 10, int.MaxValue)]
    [InlineData(0, 4, -3, 2)]
    [InlineData(0, 4, 6, 0)]
    public void Entities_that_overlap_or_lie_outside_are_left_out_and_the_text_stays_whole(int first, int firstLength, int second, int secondLength)
    {
        const string text = "QM-1 and QM-2";

        var parts = TextPart.Cut(text, [Order(second, secondLength), Order(first, firstLength)]);

        Assert.Equal(text, string.Concat(parts.Select(p => p.Text)));
        Assert.Single(parts, p => p.Entity is not null);
    }

    [Fact]
    public void A_text_without_entities_is_one_part() => Assert.Equal([new TextPart("Hello", null)], TextPart.Cut("Hello", []));

    private static Entity Order(int offset, int length) => new(EntityKind.OrderId, offset, length, "", "", 1);
}
