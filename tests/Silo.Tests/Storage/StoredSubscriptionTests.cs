using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Storage;
using Orleans.Streams;
using Orleans.TestingHost;

namespace CustomerService.Storage;

public sealed class StoredSubscriptionTests : IDisposable
{
    private readonly TemporaryStorage _temporary = new();
    private readonly string _key = Guid.NewGuid().ToString("N");

    [Fact(Timeout = 30_000)]
    public async Task A_subscription_survives_a_restart_and_the_next_event_activates_its_grain()
    {
        await using (var before = await StartAsync())
        {
            await before.Client.GetGrain<IListenerGrain>(_key).ListenAsync(_key);
            await PublishAsync(before, "before");
            Assert.Equal("before", await HearAsync());
        }

        _temporary.Close();
        await using var after = await StartAsync();
        await PublishAsync(after, "after");

        Assert.Equal("after", await HearAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_subscription_that_was_ended_stays_ended_after_a_restart()
    {
        await using (var before = await StartAsync())
        {
            await before.Client.GetGrain<IListenerGrain>(_key).ListenAsync(_key);
            await before.Client.GetGrain<IListenerGrain>(_key + "/witness").ListenAsync(_key);
            await before.Client.GetGrain<IListenerGrain>(_key).StopAsync(_key);
        }

        _temporary.Close();
        await using var after = await StartAsync();
        var subscriptions = await after.Client.GetGrain<IListenerGrain>(_key).CountAsync(_key);
        await after.Client.GetGrain<IListenerGrain>(_key + "/witness").ListenAsync(_key);
        await PublishAsync(after, "after");

        Assert.Equal(0, subscriptions);
        Assert.Equal("after", await ListenerGrain.Heard(_key + "/witness").ReadAsync(TestContext.Current.CancellationToken));
        Assert.False(ListenerGrain.Heard(_key).TryRead(out _));
    }

    public void Dispose() => _temporary.Dispose();

    private Task PublishAsync(InProcessTestCluster cluster, string item) =>
        cluster.Client.GetStreamProvider("streams").GetStream<string>(StreamId.Create("news", _key)).OnNextAsync(item);

    private async Task<string> HearAsync() => await ListenerGrain.Heard(_key).ReadAsync(TestContext.Current.CancellationToken);

    private Task<InProcessTestCluster> StartAsync()
    {
        _temporary.Open();
        var storage = _temporary.GrainStorage();
        return SiloCluster.StartAsync(
            silo =>
            {
                silo.Services.AddKeyedSingleton<IGrainStorage>("PubSubStore", storage);
                silo.AddMemoryStreams("streams");
            },
            client => client.AddMemoryStreams("streams"));
    }
}
