using CustomerService.Conformance.Activations;
using Orleans.Configuration;
using Orleans.Hosting;

namespace CustomerService.Conformance.Limits;

public sealed class LimitTests
{
    private readonly string _key = Keys.New();

    [Fact]
    public async Task A_call_that_finds_more_calls_than_the_hard_limit_is_refused()
    {
        await using var cluster = await Clusters.StartAsync(silo => silo.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsHardLimit = 2));
        var grain = cluster.Client.GetGrain<IDifficultGrain>(_key);
        var running = grain.WaitAsync(_key + "/gate");
        await Gate.Of(_key + "/gate").Arrived;
        Task[] calls = [grain.ActivationAsync(), grain.ActivationAsync(), grain.ActivationAsync()];

        // Which of them came last is not said.
        var refused = await Task.WhenAny(calls);
        var refusal = await Assert.ThrowsAsync<LimitExceededException>(() => refused);
        Gate.Of(_key + "/gate").Open();

        Assert.Contains(nameof(SiloMessagingOptions.MaxEnqueuedRequestsHardLimit), refusal.Message, StringComparison.Ordinal);
        await running;
        await Task.WhenAll(calls.Except([refused]));
        await grain.ActivationAsync();
    }

    [Fact]
    public async Task The_soft_limit_refuses_nothing()
    {
        await using var cluster = await Clusters.StartAsync(silo => silo.Configure<SiloMessagingOptions>(options => options.MaxEnqueuedRequestsSoftLimit = 1));
        var grain = cluster.Client.GetGrain<IDifficultGrain>(_key);

        await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => grain.ActivationAsync()));
    }
}
