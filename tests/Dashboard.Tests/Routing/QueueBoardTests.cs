namespace CustomerService.Routing;

public sealed class QueueBoardTests
{
    private readonly QueueBoard _board = new();

    [Fact]
    public void A_delta_adds_and_replaces_rows()
    {
        var old = A.Row(1, sequence: 4);
        _board.Apply(A.ShardOf(old), new(1, IsSnapshot: true, [old], []));

        var isChanged = _board.Apply(A.ShardOf(old), new(2, IsSnapshot: false, [A.Row(1, sequence: 5), A.Row(5)], []));

        Assert.True(isChanged);
        Assert.Equal(5, _board.Find(old.Key)!.LastSequence);
        Assert.Equal(2, _board.Count);
        Assert.Equal(2, _board.VersionOf(A.ShardOf(old)));
    }

    [Fact]
    public void An_older_row_changes_nothing()
    {
        var row = A.Row(1, sequence: 4);
        _board.Apply(A.ShardOf(row), new(1, IsSnapshot: true, [row], []));

        var isChanged = _board.Apply(A.ShardOf(row), new(2, IsSnapshot: false, [A.Row(1, sequence: 3)], []));

        Assert.False(isChanged);
        Assert.Equal(4, _board.Find(row.Key)!.LastSequence);
    }

    [Fact]
    public void A_snapshot_forgets_what_it_does_not_name_in_its_own_shard_only()
    {
        _board.Apply(A.ShardOf(A.Row(1)), new(1, IsSnapshot: true, [A.Row(1), A.Row(5)], []));
        _board.Apply(A.ShardOf(A.Row(2)), new(7, IsSnapshot: true, [A.Row(2)], []));

        _board.Apply(A.ShardOf(A.Row(1)), new(3, IsSnapshot: true, [A.Row(5)], []));

        Assert.Equal([A.Row(2).Key, A.Row(5).Key], _board.Rows.Select(r => r.Key).OrderBy(k => k.ToString()));
    }

    [Fact]
    public void A_resolved_conversation_leaves()
    {
        _board.Apply(A.ShardOf(A.Row(1)), new(1, IsSnapshot: true, [A.Row(1)], []));

        Assert.True(_board.Apply(A.ShardOf(A.Row(1)), new(2, IsSnapshot: false, [], [A.Row(1).Key])));

        Assert.Equal(0, _board.Count);
    }

    [Fact]
    public void It_is_complete_when_every_shard_has_answered()
    {
        for (var shard = 0; shard < QueueKey.Shards; shard++)
        {
            Assert.False(_board.IsComplete);
            _board.Apply(new(Host.DeskWorld.Tenant, shard), new(1, IsSnapshot: true, [], []));
        }

        Assert.True(_board.IsComplete);
    }
}
