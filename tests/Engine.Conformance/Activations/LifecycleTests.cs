namespace CustomerService.Conformance.Activations;

public sealed class LifecycleTests(ClusterFixture fixture)
{
    private readonly string _key = Keys.New();

    private ILifeGrain Grain => fixture.Grains.GetGrain<ILifeGrain>(_key);

    [Fact]
    public async Task Activation_comes_before_the_first_call_and_once()
    {
        var grain = fixture.Grains.GetGrain<ILifeGrain>(_key + "/late");
        var calls = Enumerable.Range(0, 200).Select(_ => Task.Run(grain.ActivationAsync)).ToArray();
        await Gate.Of(_key + "/late").Arrived;
        Gate.Of(_key + "/late").Open();

        Assert.Single((await Task.WhenAll(calls)).Distinct());
        Assert.Equal("on", Lives.Of(_key + "/late"));
    }

    [Fact]
    public async Task A_grain_that_leaves_comes_back_new_with_the_next_call()
    {
        var before = await Grain.ActivationAsync();
        await Grain.LeaveAsync();

        Assert.NotEqual(before, await Grain.ActivationAsync());
        Assert.Equal("on off:ApplicationRequested on", Lives.Of(_key));
    }

    [Fact]
    public async Task Calls_that_wait_while_a_grain_leaves_go_to_its_successor()
    {
        var before = await Grain.ActivationAsync();
        var leaving = Grain.LeaveWhenAsync(_key + "/gate");
        await Gate.Of(_key + "/gate").Arrived;
        var waiting = Enumerable.Range(0, 100).Select(Grain.NoteAsync).ToArray();

        Gate.Of(_key + "/gate").Open();
        await leaving;

        Assert.DoesNotContain(before, await Task.WhenAll(waiting));
        var events = Lives.Of(_key).Split(' ');
        Assert.Equal(["on", "off:ApplicationRequested", "on"], events[..3]);
        Assert.Equal(Enumerable.Range(0, 100), events[3..].Select(int.Parse).Order());
    }

    [Fact]
    public async Task A_failed_activation_fails_every_queued_call_and_the_next_call_tries_again()
    {
        var grain = fixture.Grains.GetGrain<ILifeGrain>(_key + "/fails-once");
        var calls = Enumerable.Range(0, 50).Select(_ => grain.ActivationAsync()).ToArray();
        await Gate.Of(_key + "/fails-once").Arrived;

        // When this call is answered those before it wait in the grain, but for a few that an engine may have let it overtake.
        await fixture.Grains.GetGrain<ILifeGrain>(_key).ActivationAsync();
        Gate.Of(_key + "/fails-once").Open();
        await ((Task)Task.WhenAll(calls)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);

        Assert.InRange(calls.Count(call => call.Exception?.InnerException is InvalidOperationException { Message: "Not today." }), calls.Length / 2, calls.Length);
        await grain.ActivationAsync();
        Assert.Equal("on on", Lives.Of(_key + "/fails-once"));
    }

    [Fact]
    public async Task A_grain_that_leaves_whenever_it_comes_is_not_followed_for_ever()
    {
        await Assert.ThrowsAsync<OrleansMessageRejectionException>(() => fixture.Grains.GetGrain<ILifeGrain>(_key + "/shy").ActivationAsync());

        Assert.Equal("on on on", Lives.Of(_key + "/shy"));
    }

    [Fact]
    public async Task Stopping_the_host_deactivates_every_grain_and_refuses_later_calls()
    {
        var cluster = await Clusters.StartAsync();
        var client = cluster.Client;
        await Task.WhenAll(Enumerable.Range(0, 50).Select(number => client.GetGrain<ILifeGrain>($"{_key}/{number}").ActivationAsync()));

        await cluster.StopAllSilosAsync();

        Assert.All(Enumerable.Range(0, 50), number => Assert.Equal("on off:ShuttingDown", Lives.Of($"{_key}/{number}")));
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => client.GetGrain<ILifeGrain>(_key + "/new").ActivationAsync());
        Assert.True(refusal is SiloUnavailableException or ObjectDisposedException, refusal.ToString());
        Assert.Equal("", Lives.Of(_key + "/new"));
        await cluster.DisposeAsync();
    }
}
