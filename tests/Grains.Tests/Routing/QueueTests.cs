using CustomerService.Conversations;

namespace CustomerService.Routing;

public class QueueTests
{
    private readonly Queue _queue = new(firstVersion: 100, maxChanges: 16);
    private readonly Conversation _asked = A.Conversation("Hello");

    [Fact]
    public void A_newcomer_gets_everything_and_then_only_what_changed()
    {
        var other = A.Conversation("Hi");
        _queue.Report(_asked.ToRow());
        _queue.Report(other.ToRow());

        var all = _queue.ChangesAfter(0);
        _queue.Report(other.Says("more").Next.ToRow());
        var changed = _queue.ChangesAfter(all.Version);

        Assert.True(all.IsSnapshot);
        Assert.Equal(2, all.Rows.Length);
        Assert.False(changed.IsSnapshot);
        Assert.Equal("more", Assert.Single(changed.Rows).Preview);
        Assert.Empty(_queue.ChangesAfter(changed.Version).Rows);
    }

    [Fact]
    public void An_older_row_changes_nothing_even_after_the_conversation_left()
    {
        _queue.Report(_asked.ToRow());
        var before = _queue.Version;
        Assert.True(_queue.Report(_asked.Then(c => c.Resolve(A.Ada, A.Noon)).ToRow()));

        Assert.False(_queue.Report(_asked.ToRow()));
        Assert.Equal(_asked.Key, Assert.Single(_queue.ChangesAfter(before).Gone));
        Assert.Empty(_queue.ChangesAfter(0).Rows);
    }

    [Fact]
    public void Who_is_too_far_behind_or_comes_from_an_earlier_activation_gets_everything()
    {
        foreach (var _ in Enumerable.Range(0, 40))
            _queue.Report(A.Conversation("Hello").ToRow());

        Assert.True(_queue.ChangesAfter(99).IsSnapshot);
        Assert.True(_queue.ChangesAfter(110).IsSnapshot);
        Assert.True(_queue.ChangesAfter(_queue.Version + 1).IsSnapshot);
        Assert.Equal(16, _queue.ChangesAfter(_queue.Version - 16).Rows.Length);
        Assert.Equal(40, _queue.ChangesAfter(0).Rows.Length);
    }
}
