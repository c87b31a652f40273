using Orleans.Hosting;
using Orleans.Streams;
using Orleans.TestingHost;

namespace CustomerService.Conformance.Streams;

public sealed class RewindTests : IAsyncLifetime
{
    private readonly string _key = Keys.New();
    private InProcessTestCluster? _cluster;

    private IRewindGrain Grain => _cluster!.Client.GetGrain<IRewindGrain>(_key);

    public async ValueTask InitializeAsync() => _cluster = await Clusters.StartAsync(
        silo => silo.AddMemoryStreams("streams").AddMemoryGrainStorage("PubSubStore"), client => client.AddMemoryStreams("streams"));

    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();

    [Fact]
    public async Task A_new_subscription_may_begin_at_an_event_that_is_over()
    {
        await Grain.SubscribeAsync(_key);
        await PublishAsync("a", "b", "c");
        await Received.AfterAsync(_key, 3);

        await _cluster!.Client.GetGrain<IRewindGrain>(_key + "/late").SubscribeAsync(_key, from: "b");
        await PublishAsync("d");

        Assert.Equal(["b", "c", "d"], await Received.AfterAsync(_key + "/late", 3));
        Assert.Equal(["a", "b", "c", "d"], await Received.AfterAsync(_key, 1));
    }

    [Fact]
    public async Task A_subscription_is_resumed_at_an_event_it_had()
    {
        await Grain.SubscribeAsync(_key);
        await PublishAsync("a", "b", "c");
        await Received.AfterAsync(_key, 3);

        await Grain.ResumeAsync(_key, from: "b");
        await PublishAsync("d");

        Assert.Equal(["a", "b", "c", "b", "c", "d"], await Received.AfterAsync(_key, 3));
    }

    [Fact]
    public async Task Memory_streams_say_that_they_can_be_rewound()
    {
        Assert.True(Stream.IsRewindable);
        Assert.True(await Grain.CanRewindAsync(_key));
    }

    [Fact]
    public async Task A_handle_is_good_for_one_use()
    {
        await Grain.SubscribeAsync(_key);

        await Assert.ThrowsAsync<InvalidOperationException>(() => Grain.ResumeTwiceAsync(_key));
    }

    [Fact]
    public async Task A_publisher_cannot_end_a_stream_or_put_an_error_on_it()
    {
        await Assert.ThrowsAsync<NotImplementedException>(() => Stream.OnCompletedAsync());
        await Assert.ThrowsAsync<NotImplementedException>(() => Stream.OnErrorAsync(new InvalidOperationException()));
    }

    [Fact]
    public async Task A_pattern_subscribes_to_every_namespace_it_fits()
    {
        await NamespaceAsync("regex-1", "one");
        await NamespaceAsync("regex-x", "none");
        await NamespaceAsync("regex-2", "two");

        Assert.Equal(["one", "two"], (await Received.AfterAsync(_key, 2)).Order());
    }

    [Fact]
    public async Task However_often_a_subscriber_leaves_every_event_comes_and_in_order()
    {
        var stream = _cluster!.Client.GetStreamProvider("streams").GetStream<string>(StreamId.Create("regex-1", _key));
        foreach (var number in Enumerable.Range(0, 500))
            await stream.OnNextAsync(number.ToString());

        Assert.Equal(Enumerable.Range(0, 500).Select(number => number.ToString()), await Received.AfterAsync(_key, 500));
    }

    [Fact]
    public async Task Every_subscriber_of_a_stream_gets_all_of_it_and_every_publishers_events_in_their_order()
    {
        string[] subscribers = [_key + "/1", _key + "/2", _key + "/3"];
        foreach (var subscriber in subscribers)
            await _cluster!.Client.GetGrain<IRewindGrain>(subscriber).SubscribeAsync(_key);

        await Task.WhenAll(Enumerable.Range(0, 4).Select(publisher => Task.Run(async () =>
        {
            for (var number = 0; number < 250; number++)
                await Stream.OnNextAsync($"{publisher}:{number}");
        })));

        foreach (var subscriber in subscribers)
        {
            var all = await Received.AfterAsync(subscriber, 1000);
            foreach (var publisher in Enumerable.Range(0, 4))
                Assert.Equal(Enumerable.Range(0, 250).Select(number => $"{publisher}:{number}"), all.Where(item => item.StartsWith($"{publisher}:", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task What_comes_while_a_subscription_has_no_observer_is_dropped()
    {
        var stream = _cluster!.Client.GetStreamProvider("streams").GetStream<string>(StreamId.Create("explicit", _key));
        var (subscriber, witness) = (_cluster.Client.GetGrain<ISubscriberGrain>(_key), _cluster.Client.GetGrain<ISubscriberGrain>(_key + "/witness"));
        await subscriber.SubscribeAsync(_key);
        await witness.SubscribeAsync(_key);
        await subscriber.LeaveAsync();
        await stream.OnNextAsync("first");
        // Each subscription has a pace of its own: once the witness has had many, the subscription is past the first.
        for (var i = 0; i < 100; i++)
            await stream.OnNextAsync("more");
        await Received.AfterAsync(_key + "/witness", 101);

        await subscriber.ResumeAsync(_key);
        await stream.OnNextAsync("last");

        while ((await Received.AfterAsync(_key, 1))[^1] != "last") { /* at most the hundred that were still under way */ }
        Assert.DoesNotContain("first", Received.Now(_key));
    }

    private IAsyncStream<string> Stream => _cluster!.Client.GetStreamProvider("streams").GetStream<string>(StreamId.Create("rewind", _key));

    private async Task PublishAsync(params string[] items)
    {
        foreach (var item in items)
            await Stream.OnNextAsync(item);
    }

    private Task NamespaceAsync(string ns, string item) =>
        _cluster!.Client.GetStreamProvider("streams").GetStream<string>(StreamId.Create(ns, _key)).OnNextAsync(item);
}
