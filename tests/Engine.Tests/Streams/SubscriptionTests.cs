using CustomerService.Conformance;
using CustomerService.Conformance.Streams;
using Orleans.Hosting;
using Orleans.Streams;
using Orleans.TestingHost;

namespace CustomerService.EngineTests.Streams;

/// <summary>Where a subscription begins when it names no event: Orleans may begin with the newest that is over.</summary>
public sealed class SubscriptionTests
{
    [Fact]
    public async Task A_subscription_begins_with_the_next_event()
    {
        await using var cluster = await TestCluster.StartAsync(silo => silo.AddMemoryStreams("streams").AddMemoryGrainStorage("PubSubStore"));
        var key = Keys.New();
        var subscriber = cluster.Client.GetGrain<ISubscriberGrain>(key);
        var stream = cluster.Client.GetStreamProvider("streams").GetStream<string>(StreamId.Create("explicit", key));
        await stream.OnNextAsync("before");
        await subscriber.SubscribeAsync(key);
        await stream.OnNextAsync("during");
        Assert.Equal(["during"], await Received.AfterAsync(key, 1));

        await subscriber.UnsubscribeAsync(key);
        await stream.OnNextAsync("between");
        await subscriber.SubscribeAsync(key);
        await stream.OnNextAsync("again");

        Assert.Equal(["during", "again"], await Received.AfterAsync(key, 1));
    }
}
