using CustomerService.Conversations;

namespace CustomerService.Routing;

public sealed class QueueListTests
{
    [Fact]
    public void Who_waits_longest_for_a_person_is_on_top_then_the_newest_activity()
    {
        var list = QueueList.Settle(
        [
            A.Row(1, active: A.Noon.AddMinutes(-9)),
            A.Row(2, active: A.Noon.AddMinutes(-1)),
            A.Row(3, baton: new(BatonHolder.Queue), waiting: A.Noon.AddMinutes(-2)),
            A.Row(4, baton: new(BatonHolder.Queue), waiting: A.Noon.AddMinutes(-8)),
        ]);

        Assert.Equal([4, 3, 2, 1], Numbers(list));
    }

    [Fact]
    public void A_row_that_changes_stays_where_it_is()
    {
        var list = QueueList.Settle([A.Row(1, active: A.Noon), A.Row(2, active: A.Noon.AddMinutes(-5))]);

        var next = list.Update(Map(A.Row(1), A.Row(2, sequence: 9, active: A.Noon.AddMinutes(5))), selected: null, isHeld: false);

        Assert.Equal([1, 2], Numbers(next));
        Assert.Equal(9, next.Items[1].Row.LastSequence);
    }

    [Theory, InlineData(true, false), InlineData(false, true)]
    public void New_rows_wait_behind_the_bar_while_the_list_is_scrolled_or_a_row_of_it_is_open(bool isScrolled, bool isOpen)
    {
        var list = QueueList.Settle([A.Row(1)]);

        var next = list.Update(Map(A.Row(1), A.Row(2), A.Row(3)), isOpen ? A.Row(1).Key : null, isScrolled);

        Assert.Equal([1], Numbers(next));
        Assert.Equal(2, next.Held);
    }

    [Fact]
    public void New_rows_come_on_top_when_nothing_holds_them()
    {
        var next = QueueList.Settle([A.Row(1)]).Update(Map(A.Row(1), A.Row(2)), A.Row(9).Key, isHeld: false);

        Assert.Equal([2, 1], Numbers(next));
        Assert.Equal(0, next.Held);
    }

    [Fact]
    public void What_leaves_above_the_open_row_keeps_its_place_and_what_leaves_below_it_goes()
    {
        var list = QueueList.Settle([A.Row(1, active: A.Noon), A.Row(2, active: A.Noon.AddMinutes(-1)), A.Row(3, active: A.Noon.AddMinutes(-2))]);

        var next = list.Update(Map(A.Row(2)), A.Row(2).Key, isHeld: false);

        Assert.Equal([1, 2], Numbers(next));
        Assert.True(next.Items[0].HasLeft);
    }

    private static Dictionary<ConversationKey, ConversationRow> Map(params ConversationRow[] rows) => rows.ToDictionary(row => row.Key);

    private static IEnumerable<int> Numbers(QueueList list) => list.Items.Select(item => (int)item.Row.Key.Id.ToByteArray()[15]);
}
