namespace CustomerService.Conformance.Calls;

public sealed class CallTests(ClusterFixture fixture)
{
    [Fact]
    public async Task Many_parallel_calls_run_one_at_a_time()
    {
        var counter = fixture.Grains.GetGrain<ICounterGrain>(Keys.New());

        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(_ => counter.AddAsync(1)));

        Assert.Equal(2_000, await counter.GetAsync());
    }

    [Fact]
    public async Task References_to_one_key_are_equal_and_reach_one_activation()
    {
        var key = Keys.New();
        var (one, other) = (fixture.Grains.GetGrain<ICounterGrain>(key), fixture.Grains.GetGrain<ICounterGrain>(key));

        await one.AddAsync(3);

        Assert.Equal(one, other);
        Assert.Equal(one.GetHashCode(), other.GetHashCode());
        Assert.NotEqual(one, fixture.Grains.GetGrain<ICounterGrain>(key + "x"));
        Assert.Equal(3, await other.GetAsync());
        Assert.Equal(one, await other.SelfAsync());
    }

    [Fact]
    public async Task An_exception_reaches_the_caller_with_its_type_and_the_stack_of_the_grain()
    {
        var counter = fixture.Grains.GetGrain<ICounterGrain>(Keys.New());

        var thrown = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => counter.FailAsync("too much"));

        Assert.Contains("too much", thrown.Message, StringComparison.Ordinal);
        Assert.Contains(nameof(CounterGrain.FailAsync), thrown.StackTrace);
    }

    [Fact]
    public async Task A_grain_knows_its_key() =>
        Assert.Equal("tenant/a b", await fixture.Grains.GetGrain<ICounterGrain>("tenant/a b").KeyAsync());

    [Fact]
    public async Task A_grain_goes_on_after_a_call_that_failed()
    {
        var counter = fixture.Grains.GetGrain<ICounterGrain>(Keys.New());
        await counter.AddAsync(1);

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => counter.FailAsync("x"));

        Assert.Equal(1, await counter.GetAsync());
    }
}
