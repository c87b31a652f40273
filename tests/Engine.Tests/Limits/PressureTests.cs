using CustomerService.Conformance;
using CustomerService.Conformance.Activations;
using CustomerService.Conformance.Calls;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Hosting;
using Orleans.Statistics;
using Orleans.TestingHost;

namespace CustomerService.EngineTests.Limits;

/// <summary>What the engine does when processor or memory are short, with figures made up.</summary>
public sealed class PressureTests
{
    private readonly string _key = Keys.New();
    private readonly ManualClock _clock = new();
    private readonly MadeUp _environment = new();

    [Theory, InlineData(96, 0), InlineData(0, 91)]
    public async Task While_load_is_shed_calls_from_outside_are_refused_and_grains_go_on_calling(float cpu, long memory)
    {
        await using var cluster = await StartAsync();
        var grain = cluster.Client.GetGrain<IRelayGrain>(_key);
        var relaying = grain.RelayAsync(_key + "/gate", _key + "/other");
        await Gate.Of(_key + "/gate").Arrived;
        _environment.Set(cpu, memory);
        _clock.Advance(TimeSpan.FromSeconds(2));

        await Assert.ThrowsAsync<GatewayTooBusyException>(() => cluster.Client.GetGrain<ICounterGrain>(_key).AddAsync(1));
        Gate.Of(_key + "/gate").Open();
        Assert.Equal(1, await relaying);

        _environment.Set(10, 10);
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(1, await cluster.Client.GetGrain<ICounterGrain>(_key).AddAsync(1));
    }

    [Fact]
    public async Task Load_is_not_shed_unless_the_options_say_so()
    {
        await using var cluster = await StartAsync(shedLoad: false);
        _environment.Set(100, 100);
        _clock.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal(1, await cluster.Client.GetGrain<ICounterGrain>(_key).AddAsync(1));
    }

    [Fact]
    public async Task Under_memory_pressure_those_idle_longest_go_and_only_as_many_as_it_takes()
    {
        await using var cluster = await StartAsync(shedLoad: false);
        for (var number = 0; number < 10; number++)
        {
            await cluster.Client.GetGrain<ILifeGrain>($"{_key}/{number}").ActivationAsync();
            _clock.Advance(TimeSpan.FromSeconds(1));
        }

        // Ten activations at 100 % of memory, target 75 %: three must go.
        _environment.Set(0, 100);
        GC.Collect();
        _clock.Advance(TimeSpan.FromSeconds(6));

        await Task.WhenAll(Enumerable.Range(0, 3).Select(number => Gate.Of($"{_key}/{number}/off").Arrived));
        Assert.All(Enumerable.Range(0, 3), number => Assert.Equal("on off:HighMemoryPressure", Lives.Of($"{_key}/{number}")));
        Assert.All(Enumerable.Range(3, 7), number => Assert.Equal("on", Lives.Of($"{_key}/{number}")));
    }

    [Fact]
    public async Task Memory_below_its_limit_ends_nothing()
    {
        await using var cluster = await StartAsync(shedLoad: false);
        await cluster.Client.GetGrain<ILifeGrain>(_key).ActivationAsync();
        _environment.Set(0, 79);
        GC.Collect();

        _clock.Advance(TimeSpan.FromSeconds(11));

        await cluster.Client.GetGrain<ILifeGrain>(_key).ActivationAsync();
        Assert.Equal("on", Lives.Of(_key));
    }

    private Task<InProcessTestCluster> StartAsync(bool shedLoad = true) => TestCluster.StartAsync(silo =>
    {
        silo.Services.AddSingleton<TimeProvider>(_clock).AddSingleton<IEnvironmentStatisticsProvider>(_environment);
        silo.Configure<LoadSheddingOptions>(options => options.LoadSheddingEnabled = shedLoad);
        silo.Configure<GrainCollectionOptions>(options => options.EnableActivationSheddingOnMemoryPressure = true);
    });

    private sealed class MadeUp : IEnvironmentStatisticsProvider
    {
        private EnvironmentStatistics _now;

        public void Set(float cpu, long memory) => _now = new(cpu, cpu, memory, memory, maximumMemory: 100);

        public EnvironmentStatistics GetEnvironmentStatistics() => _now;
    }
}

public interface IRelayGrain : IGrainWithStringKey
{
    Task<int> RelayAsync(string gate, string other);
}

public sealed class RelayGrain : Grain, IRelayGrain
{
    public async Task<int> RelayAsync(string gate, string other)
    {
        await Gate.Of(gate).PassAsync();
        return await GrainFactory.GetGrain<ICounterGrain>(other).AddAsync(1);
    }
}
