namespace CustomerService.Conformance.CallChains;

/// <summary>Request context, one-way calls, timeouts and cancellation.</summary>
public sealed class ChainTests(ClusterFixture fixture)
{
    private readonly string _key = Keys.New();

    private IChainGrain Grain => fixture.Grains.GetGrain<IChainGrain>(_key);

    private IChainGrain Other => fixture.Grains.GetGrain<IChainGrain>(_key + "/other");

    [Fact]
    public async Task Request_context_flows_down_the_chain_and_never_back()
    {
        RequestContext.Set("tenant", "acme");

        Assert.Equal("acme", await Grain.ReadContextBehindAsync(Other, "tenant"));
        await Grain.SetContextAsync("tenant", "other");
        Assert.Equal("acme", RequestContext.Get("tenant"));
        RequestContext.Clear();
        Assert.Null(await Grain.ReadContextAsync("tenant"));
    }

    [Fact]
    public async Task A_one_way_call_ends_for_the_caller_when_it_is_sent()
    {
        var told = Grain.TellAsync(_key + "/gate");

        Assert.True(told.IsCompletedSuccessfully);
        await Gate.Of(_key + "/gate").Arrived;
        Gate.Of(_key + "/gate").Open();
    }

    [Fact]
    public async Task A_void_method_is_one_way()
    {
        Grain.Shout(_key + "/shout");

        await Gate.Of(_key + "/shout").Arrived;
    }

    [Fact]
    public async Task A_one_way_call_swallows_what_the_grain_throws()
    {
        await Grain.FailSilentlyAsync(_key + "/fail");

        await Gate.Of(_key + "/fail").Arrived;
        Assert.Equal("here", await Grain.AnswerAsync());
    }

    [Fact]
    public async Task A_timeout_reaches_the_caller_while_the_method_keeps_running()
    {
        var late = await Assert.ThrowsAsync<TimeoutException>(() => Grain.NeverAsync(_key + "/never"));

        Assert.Contains("00:00:00.1", late.Message, StringComparison.Ordinal);
        Gate.Of(_key + "/never").Open();
        await Gate.Of(_key + "/never/done").Arrived;
    }

    [Fact]
    public async Task A_call_that_timed_out_in_the_queue_never_runs()
    {
        Gate.Of(_key + "/block");
        var blocker = Grain.IsCancelledAsync(_key + "/block");
        await Gate.Of(_key + "/block").Arrived;

        await Assert.ThrowsAsync<TimeoutException>(() => Grain.NeverAsync(_key + "/queued"));
        Gate.Of(_key + "/block").Open();
        await blocker;
        await Grain.AnswerAsync();

        Assert.False(Gate.Of(_key + "/queued").Arrived.IsCompleted);
    }

    [Fact]
    public async Task A_token_cancelled_beforehand_sends_nothing()
    {
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Grain.IsCancelledAsync(_key + "/gate", new CancellationToken(canceled: true)));

        await Grain.AnswerAsync();
        Assert.False(Gate.Of(_key + "/gate").Arrived.IsCompleted);
    }

    [Fact]
    public async Task Cancelling_frees_the_caller_at_once_and_signals_the_running_call_in_a_turn_of_the_grain()
    {
        using var source = new CancellationTokenSource();
        var call = Grain.IsCancelledAsync(_key + "/gate", source.Token);
        await Gate.Of(_key + "/gate").Arrived;

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await Gate.Of(_key + "/gate/cancelled").Arrived;
        Assert.True(await Grain.SawCancellationInOwnTurnAsync());
    }
}
