using Orleans.Configuration;
using Orleans.Hosting;

namespace CustomerService.Conformance.AsyncEnumerables;

public sealed class AsyncEnumerableTests(ClusterFixture cluster)
{
    private readonly string _key = Keys.New();

    private INumberGrain Grain => cluster.Grains.GetGrain<INumberGrain>(_key);

    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(100), InlineData(101), InlineData(250)]
    public async Task All_elements_come_in_order_whatever_the_batches(int count)
    {
        Assert.Equal(Enumerable.Range(0, count), await Grain.CountAsync(count).ToListAsync());
        Assert.Equal(Enumerable.Range(0, count), await Grain.CountAsync(count).WithBatchSize(1).ToListAsync());
        Assert.Equal(Enumerable.Range(0, count), await Grain.CountAsync(count).WithBatchSize(7).ToListAsync());
    }

    [Fact]
    public async Task One_result_can_be_enumerated_again_even_while_it_is()
    {
        var numbers = Grain.CountAsync(3).WithBatchSize(1);

        var got = new List<int>();
        await foreach (var number in numbers)
            got.AddRange([number, .. await numbers.ToListAsync()]);

        Assert.Equal([0, 0, 1, 2, 1, 0, 1, 2, 2, 0, 1, 2], got);
    }

    [Theory, InlineData(1), InlineData(7), InlineData(0)]
    public async Task A_consumer_that_stops_ends_the_producer_which_ran_no_further_than_its_batch(int batchSize)
    {
        var numbers = batchSize == 0 ? Grain.CountAsync(int.MaxValue) : Grain.CountAsync(int.MaxValue).WithBatchSize(batchSize);
        await foreach (var number in numbers)
        {
            if (number == 2)
                break;
        }

        // 100 is the default; three elements in batches of one are three.
        Assert.Equal(batchSize switch { 0 => 100, 1 => 3, _ => 7 }, await NumberGrain.End(_key));
    }

    [Fact]
    public async Task Elements_that_are_ready_do_not_wait_for_those_that_are_not()
    {
        await using var numbers = Grain.WaitAsync(_key, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        Assert.True(await numbers.MoveNextAsync());
        Assert.Equal(1, numbers.Current);
        var next = numbers.MoveNextAsync();
        await Gate.Of(_key).Arrived;
        Assert.False(next.IsCompleted);

        Gate.Of(_key).Open();

        Assert.True(await next);
        Assert.Equal(2, numbers.Current);
        Assert.False(await numbers.MoveNextAsync());
    }

    [Fact]
    public async Task A_grain_takes_other_calls_while_an_enumeration_waits_in_it()
    {
        await using var numbers = Grain.WaitAsync(_key, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await numbers.MoveNextAsync();
        var next = numbers.MoveNextAsync();
        await Gate.Of(_key).Arrived;

        Assert.Equal("pong", await Grain.PingAsync());

        Gate.Of(_key).Open();
        Assert.True(await next);
    }

    [Fact]
    public async Task A_consumer_may_wait_for_an_element_longer_than_any_response_timeout()
    {
        await using var impatient = await Clusters.StartAsync(silo => silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(1)));
        var grain = impatient.Client.GetGrain<INumberGrain>(_key);
        await using var numbers = grain.WaitAsync(_key, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await numbers.MoveNextAsync();
        var next = numbers.MoveNextAsync().AsTask();
        await Gate.Of(_key).Arrived;

        await Assert.ThrowsAsync<TimeoutException>(() => impatient.Client.GetGrain<INumberGrain>(_key + "/a").HoldAsync(_key));
        await Assert.ThrowsAsync<TimeoutException>(() => impatient.Client.GetGrain<INumberGrain>(_key + "/b").HoldAsync(_key));
        Assert.False(next.IsCompleted);
        Gate.Of(_key).Open();

        Assert.True(await next);
    }

    [Theory, InlineData(0), InlineData(1), InlineData(150)]
    public async Task An_exception_comes_after_the_elements_before_it(int after)
    {
        var got = new List<int>();

        var exception = await Assert.ThrowsAsync<InvalidOperationException>(async () =>
        {
            await foreach (var number in Grain.FailAsync(after))
                got.Add(number);
        });

        Assert.Equal("No more numbers.", exception.Message);
        Assert.Equal(after, got.Count);
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task Cancelling_ends_the_wait_and_the_producer(bool tokenOfTheCall)
    {
        using var source = new CancellationTokenSource();
        var numbers = tokenOfTheCall ? Grain.WaitAsync(_key, source.Token) : Grain.WaitAsync(_key, default);
        await using var enumerator = numbers.GetAsyncEnumerator(tokenOfTheCall ? default : source.Token);
        await enumerator.MoveNextAsync();
        var next = enumerator.MoveNextAsync().AsTask();
        await Gate.Of(_key).Arrived;

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => next);
        Assert.Equal(1, await NumberGrain.End(_key));
    }

    [Fact]
    public async Task A_token_cancelled_beforehand_begins_nothing()
    {
        using var source = new CancellationTokenSource();
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await Grain.CountAsync(3, source.Token).ToListAsync(source.Token));

        Assert.Equal([0, 1, 2], await Grain.CountAsync(3).ToListAsync(TestContext.Current.CancellationToken));
    }

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_grain_that_leaves_aborts_its_enumerations_and_ends_their_producers(bool whileWaiting)
    {
        await using var numbers = Grain.WaitAsync(_key, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await numbers.MoveNextAsync();
        var next = whileWaiting ? numbers.MoveNextAsync().AsTask() : null;
        if (whileWaiting)
            await Gate.Of(_key).Arrived;

        await Grain.LeaveAsync();

        await Assert.ThrowsAsync<EnumerationAbortedException>(() => next ?? numbers.MoveNextAsync().AsTask());
        Assert.Equal(1, await NumberGrain.End(_key));
    }

    [Fact]
    public async Task A_grain_enumerates_another_in_turns_of_its_own() =>
        Assert.Equal(Enumerable.Range(0, 250).Sum(), await Grain.SumOfAsync(_key + "/other", 250));
}
