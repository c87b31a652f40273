using CustomerService.Conversations;

namespace CustomerService.Routing;

public sealed class LiveTableTests
{
    private static readonly ConversationRow[] Rows =
    [
        A.Row(1, waiting: A.Noon.AddMinutes(-3), baton: new(BatonHolder.Queue), sentiment: -0.8, alert: A.Alert(4)),
        A.Row(2, sentiment: 0.4, baton: new(BatonHolder.Agent, "mara", "Mara")),
        A.Row(3, waiting: A.Noon.AddMinutes(-10), sentiment: -0.1),
    ];

    [Theory]
    [InlineData(LiveColumn.Waiting, true, "3 1 2")]
    [InlineData(LiveColumn.Sentiment, false, "1 3 2")]
    [InlineData(LiveColumn.Alert, true, "1 2 3")]
    [InlineData(LiveColumn.Holder, false, "3 1 2")]
    public void It_sorts_by_a_column(LiveColumn column, bool isDescending, string order) =>
        Assert.Equal(order, Numbers(new LiveTable(column, isDescending).Of(Rows, A.Noon)));

    [Fact]
    public void A_second_click_turns_the_order_round()
    {
        var once = new LiveTable(LiveColumn.Waiting).SortedBy(LiveColumn.Sentiment);

        Assert.False(once.IsDescending);
        Assert.True(once.SortedBy(LiveColumn.Sentiment).IsDescending);
    }

    [Fact]
    public void It_shows_one_holder_or_what_is_searched() =>
        Assert.Equal(("2", "3"), (Numbers(new LiveTable(Holder: BatonHolder.Agent).Of(Rows, A.Noon)), Numbers(new LiveTable(Search: " contact 3").Of(Rows, A.Noon))));

    [Fact]
    public void The_totals_count_who_waits_how_long_and_with_whom()
    {
        var totals = LiveTotals.Of(Rows, A.Noon);

        Assert.Equal((3, 2, TimeSpan.FromMinutes(10), 1), (totals.Open, totals.Waiting, totals.LongestWait!.Value, totals.Alerts));
        Assert.Equal((1, 1, 1, 0), (totals.HeldBy(BatonHolder.Assistant), totals.HeldBy(BatonHolder.Queue), totals.HeldBy(BatonHolder.Agent), totals.HeldBy(BatonHolder.Supervisor)));
        Assert.Null(LiveTotals.Of([], A.Noon).LongestWait);
    }

    private static string Numbers(IEnumerable<ConversationRow> rows) => string.Join(' ', rows.Select(row => row.Key.Id.ToByteArray()[15]));
}
