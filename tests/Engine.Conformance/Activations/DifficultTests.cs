using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace CustomerService.Conformance.Activations;

/// <summary>Grains that come late, leave late, or do not come to an end.</summary>
public sealed class DifficultTests(ClusterFixture fixture)
{
    private readonly string _key = Keys.New();

    private IDifficultGrain Grain => fixture.Grains.GetGrain<IDifficultGrain>(_key);

    [Fact]
    public async Task Activation_sees_the_request_context_of_the_call_that_caused_it()
    {
        RequestContext.Set("tenant", "acme");

        Assert.Equal("acme", await Grain.ContextAtActivationAsync());
        RequestContext.Clear();
    }

    [Fact]
    public async Task Nothing_enters_a_grain_that_is_leaving_not_even_what_always_interleaves()
    {
        var before = await Grain.ActivationAsync();
        var leaving = Grain.LeaveAndWaitAsync(_key + "/gate");
        await Gate.Of(_key + "/gate").Arrived;

        // What could enter would have done so before the call gets from the second gate to its end.
        var other = Grain.InterleaveAsync();
        Gate.Of(_key + "/gate").Open();
        await Gate.Of(_key + "/gate/second").Arrived;
        Gate.Of(_key + "/gate/second").Open();
        await leaving;

        Assert.NotEqual(before, await other);
    }

    [Fact]
    public async Task A_grain_that_leaves_with_an_exception_gives_it_to_the_calls_that_wait()
    {
        var leaving = Grain.LeaveWithAsync("Broken.", _key + "/gate");
        await Gate.Of(_key + "/gate").Arrived;
        var waiting = Grain.ActivationAsync();
        await Grain.InterleaveAsync();

        Gate.Of(_key + "/gate").Open();
        await leaving;

        Assert.Equal("Broken.", (await Assert.ThrowsAsync<NotSupportedException>(() => waiting)).Message);
        await Grain.ActivationAsync();
    }

    [Fact]
    public async Task A_grain_that_fails_when_it_leaves_is_gone_all_the_same()
    {
        var grain = fixture.Grains.GetGrain<IDifficultGrain>(_key + "/fails-off");
        var before = await grain.ActivationAsync();

        await grain.LeaveAsync();

        Assert.NotEqual(before, await grain.ActivationAsync());
        Assert.Equal("on off:ApplicationRequested on", Lives.Of(_key + "/fails-off"));
    }

    [Fact]
    public async Task A_one_way_call_that_cannot_be_delivered_is_dropped_without_a_word()
    {
        var grain = fixture.Grains.GetGrain<IDifficultGrain>(_key + "/fails");

        await grain.TellAsync();

        await Assert.ThrowsAsync<InvalidOperationException>(grain.ActivationAsync);
    }

    [Fact]
    public async Task An_activation_that_takes_longer_than_its_timeout_fails_its_calls_and_the_next_one_starts_anew()
    {
        await using var cluster = await StartAsync(options => options.ActivationTimeout = TimeSpan.FromMilliseconds(300));
        var grain = cluster.Client.GetGrain<IDifficultGrain>(_key + "/never-on");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(grain.ActivationAsync);

        await grain.ActivationAsync();
        Assert.Equal("on on", Lives.Of(_key + "/never-on"));
    }

    [Fact]
    public async Task A_deactivation_that_takes_longer_than_its_timeout_is_not_waited_for()
    {
        await using var cluster = await StartAsync(options => options.DeactivationTimeout = TimeSpan.FromMilliseconds(300));
        var grain = cluster.Client.GetGrain<IDifficultGrain>(_key + "/never-off");
        var before = await grain.ActivationAsync();

        await grain.LeaveAsync();

        Assert.NotEqual(before, await grain.ActivationAsync());
    }

    [Fact]
    public async Task A_grain_whose_call_never_ends_is_given_up_and_the_calls_that_wait_go_to_a_new_activation()
    {
        await using var cluster = await Clusters.StartAsync(silo => silo.Configure<SiloMessagingOptions>(options => options.MaxRequestProcessingTime = TimeSpan.FromSeconds(1)));
        var grain = cluster.Client.GetGrain<IDifficultGrain>(_key);
        var before = await grain.ActivationAsync();
        var stuck = grain.WaitAsync(_key + "/stuck");
        await Gate.Of(_key + "/stuck").Arrived;

        var after = await WhileNudgedAsync(grain.ActivationAsync(), grain);

        Assert.NotEqual(before, after);
        Gate.Of(_key + "/stuck").Open();
        await stuck;
        await Gate.Of(_key + "/off").Arrived;
        Assert.Equal("on on off:ActivationUnresponsive", Lives.Of(_key));
        Assert.Equal(after, await grain.ActivationAsync());
    }

    [Fact]
    public async Task An_idle_grain_is_collected()
    {
        await using var cluster = await StartAsync(options =>
        {
            options.CollectionQuantum = TimeSpan.FromMilliseconds(100);
            options.CollectionAge = TimeSpan.FromMilliseconds(300);
        });

        await cluster.Client.GetGrain<IDifficultGrain>(_key).ActivationAsync();

        await Gate.Of(_key + "/off").Arrived;
        Assert.Equal("on off:ActivationIdle", Lives.Of(_key));
    }

    [Fact]
    public async Task Under_memory_pressure_grains_are_collected_before_their_age()
    {
        await using var cluster = await StartAsync(options =>
        {
            options.EnableActivationSheddingOnMemoryPressure = true;
            options.MemoryUsagePollingPeriod = TimeSpan.FromMilliseconds(50);
            options.MemoryUsageLimitPercentage = 0.00002;
            options.MemoryUsageTargetPercentage = 0.00001;
        });
        await cluster.Client.GetGrain<IDifficultGrain>(_key).ActivationAsync();

        // The pressure is believed only after a full collection.
        GC.Collect();

        await Gate.Of(_key + "/off").Arrived;
        Assert.Equal("on off:HighMemoryPressure", Lives.Of(_key));
    }

    [Theory]
    [InlineData(60, 80, 75)]
    [InlineData(900, 101, 75)]
    [InlineData(900, 80, 80)]
    public async Task Collection_options_that_make_no_sense_stop_the_host_at_its_start(int age, double limit, double target) =>
        await Assert.ThrowsAnyAsync<OrleansConfigurationException>(() => StartAsync(options =>
        {
            options.CollectionAge = TimeSpan.FromSeconds(age);
            options.EnableActivationSheddingOnMemoryPressure = true;
            options.MemoryUsageLimitPercentage = limit;
            options.MemoryUsageTargetPercentage = target;
        }));

    private static Task<InProcessTestCluster> StartAsync(Action<GrainCollectionOptions> configure) => Clusters.StartAsync(silo => silo.Configure(configure));

    // An engine may look for stuck grains only when a message comes.
    private static async Task<int> WhileNudgedAsync(Task<int> answer, IDifficultGrain grain)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        for (var nudge = 0; nudge < 200 && !answer.IsCompleted; nudge++)
        {
            await grain.TellAsync();
            await timer.WaitForNextTickAsync();
        }

        return await answer;
    }
}
