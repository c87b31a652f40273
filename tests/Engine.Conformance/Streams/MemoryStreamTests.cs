using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Streams;
using Orleans.TestingHost;

namespace CustomerService.Conformance.Streams;

public sealed class MemoryStreamTests : IAsyncLifetime
{
    private readonly string _key = Keys.New();
    private InProcessTestCluster? _cluster;

    private IStreamProvider Provider => _cluster!.Client.GetStreamProvider("streams");

    private ISubscriberGrain Subscriber => _cluster!.Client.GetGrain<ISubscriberGrain>(_key);

    public async ValueTask InitializeAsync() => _cluster = await Clusters.StartAsync(
        silo => silo.AddMemoryStreams("streams").AddMemoryGrainStorage("PubSubStore"), client => client.AddMemoryStreams("streams"));

    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();

    [Fact]
    public async Task An_implicit_subscriber_is_activated_by_an_event_and_gets_all_in_order()
    {
        var stream = Provider.GetStream<string>(StreamId.Create("implicit", _key));

        foreach (var number in Enumerable.Range(0, 500))
            await stream.OnNextAsync(number.ToString());

        Assert.Equal(Enumerable.Range(0, 500).Select(number => number.ToString()), await Received.AfterAsync(_key, 500));
    }

    [Fact]
    public async Task An_event_of_another_namespace_reaches_nobody()
    {
        await Provider.GetStream<int>(StreamId.Create("unknown", _key)).OnNextAsync(1);
        await Provider.GetStream<int>(StreamId.Create("observed", _key)).OnNextAsync(2);

        Assert.Equal(["2"], await Received.AfterAsync(_key, 1));
    }

    [Fact]
    public async Task Publishing_does_not_wait_for_a_slow_subscriber_and_a_delivery_is_a_turn_of_its_own()
    {
        var stream = Provider.GetStream<string>(StreamId.Create("implicit", _key));
        await stream.OnNextAsync("gates:" + _key);
        await Gate.Of(_key).Arrived;

        // What could enter would have done so before the delivery gets from the second gate to its end.
        await stream.OnNextAsync("second");
        var ping = _cluster!.Client.GetGrain<IImplicitGrain>(_key, typeof(ImplicitGrain).FullName).PingAsync();
        Gate.Of(_key).Open();
        await Gate.Of(_key + "/second").Arrived;
        Gate.Of(_key + "/second").Open();
        await ping;

        var received = await Received.AfterAsync(_key, 3);
        Assert.Equal("gates:" + _key, received[0]);
        Assert.Equal(["ping", "second"], received[1..].Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Request_context_of_the_publisher_comes_with_the_event()
    {
        RequestContext.Set("tenant", "acme");
        await Provider.GetStream<string>(StreamId.Create("implicit", _key)).OnNextAsync("x");
        RequestContext.Clear();

        Assert.Equal(["x@acme"], await Received.AfterAsync(_key, 1));
    }

    [Fact]
    public async Task A_failed_delivery_is_tried_again_before_the_next_event_goes_out()
    {
        await Provider.GetStream<int>(StreamId.Create("observed", _key)).OnNextBatchAsync([-1, 2]);

        Assert.Equal(["-1", "2"], await Received.AfterAsync(_key, 2));
    }

    [Fact]
    public async Task An_explicit_subscriber_gets_events_until_it_unsubscribes()
    {
        var stream = Provider.GetStream<string>(StreamId.Create("explicit", _key));
        await Subscriber.SubscribeAsync(_key);
        await _cluster!.Client.GetGrain<ISubscriberGrain>(_key + "/witness").SubscribeAsync(_key);
        await stream.OnNextAsync("during");
        Assert.Equal(["during"], await Received.AfterAsync(_key, 1));

        Assert.Equal(1, await Subscriber.UnsubscribeAsync(_key));
        await stream.OnNextAsync("after");

        Assert.Equal(["during", "after"], await Received.AfterAsync(_key + "/witness", 2));
        Assert.Equal(["during"], Received.Now(_key));
    }

    [Fact]
    public async Task An_explicit_subscription_outlives_the_activation_and_is_resumed()
    {
        var stream = Provider.GetStream<string>(StreamId.Create("explicit", _key));
        await Subscriber.SubscribeAsync(_key);
        await Subscriber.LeaveAsync();
        await Subscriber.ResumeAsync(_key);

        await stream.OnNextAsync("x");

        Assert.Equal(["x"], await Received.AfterAsync(_key, 1));
    }

    [Fact]
    public async Task A_batch_observer_gets_every_event_once_and_in_order()
    {
        await Subscriber.SubscribeBatchAsync(_key);

        await Provider.GetStream<string>(StreamId.Create("explicit", _key)).OnNextBatchAsync(Enumerable.Range(0, 250).Select(number => number.ToString()));

        Assert.Equal(Enumerable.Range(0, 250).Select(number => number.ToString()), await Received.AfterAsync(_key, 250));
    }

    [Fact]
    public async Task A_client_may_subscribe_too()
    {
        var stream = Provider.GetStream<string>(StreamId.Create("explicit", _key));
        var handle = await stream.SubscribeAsync((item, _) =>
        {
            Received.Add(_key, item);
            return Task.CompletedTask;
        });

        await stream.OnNextAsync("x");
        Assert.Equal(["x"], await Received.AfterAsync(_key, 1));
        await handle.UnsubscribeAsync();

        Assert.Empty(await stream.GetAllSubscriptionHandles());
    }

    [Fact]
    public async Task A_provider_that_nobody_added_is_named() =>
        Assert.Contains("missing", Assert.Throws<KeyNotFoundException>(() => _cluster!.Client.GetStreamProvider("missing")).Message);
}
