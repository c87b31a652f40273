using CustomerService.Conformance;
using CustomerService.Conformance.Activations;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace CustomerService.EngineTests.Activations;

public sealed class CollectionTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly string _key = Keys.New();

    [Fact]
    public async Task A_collection_quantum_of_nothing_stops_the_host_at_its_start() => await Assert.ThrowsAsync<OrleansConfigurationException>(() =>
        TestCluster.StartAsync(silo => silo.Configure<GrainCollectionOptions>(options => options.CollectionQuantum = TimeSpan.Zero)));

    [Fact]
    public async Task An_idle_grain_is_collected_at_its_age_and_not_before()
    {
        var clock = new ManualClock();
        await using var cluster = await StartAsync(clock);
        await cluster.Client.GetGrain<ILifeGrain>(_key).ActivationAsync();

        clock.Advance(TimeSpan.FromMinutes(14));
        await cluster.Client.GetGrain<ILifeGrain>(_key).ActivationAsync();
        clock.Advance(TimeSpan.FromMinutes(14));
        await cluster.Client.GetGrain<ILifeGrain>(_key).ActivationAsync();
        Assert.Equal("on", Lives.Of(_key));
        clock.Advance(TimeSpan.FromMinutes(17));

        await Gate.Of(_key + "/off").Arrived;
        Assert.Equal("on off:ActivationIdle", Lives.Of(_key));
    }

    [Fact]
    public async Task A_grain_that_delays_its_deactivation_outlives_its_age()
    {
        var clock = new ManualClock();
        await using var cluster = await StartAsync(clock);
        var grain = cluster.Client.GetGrain<ILifeGrain>(_key);
        var before = await grain.ActivationAsync();
        await grain.StayAsync(TimeSpan.FromHours(1));

        clock.Advance(TimeSpan.FromMinutes(55));
        Assert.Equal(before, await grain.ActivationAsync());
        clock.Advance(TimeSpan.FromMinutes(20));

        await Gate.Of(_key + "/off").Arrived;
    }

    [Theory, InlineData(true), InlineData(false)]
    public async Task A_timer_keeps_its_grain_only_when_it_is_told_to(bool keepAlive)
    {
        var clock = new ManualClock();
        await using var cluster = await StartAsync(clock);
        await cluster.Client.GetGrain<ILifeGrain>(_key).TickAsync(Minute, keepAlive);

        for (var tick = 0; tick < (keepAlive ? 20 : 14); tick++)
        {
            await clock.TimerAtAsync(clock.GetUtcNow() + Minute);
            clock.Advance(Minute);
            Assert.True(await Lives.TicksOf(_key).WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
        }

        Assert.Equal("on", Lives.Of(_key));
        if (keepAlive)
            return;

        clock.Advance(Minute * 2);
        await Gate.Of(_key + "/off").Arrived;
    }

    private static Task<InProcessTestCluster> StartAsync(ManualClock clock) => TestCluster.StartAsync(silo =>
    {
        silo.Services.AddSingleton<TimeProvider>(clock);
        silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromMinutes(15));
    });
}
