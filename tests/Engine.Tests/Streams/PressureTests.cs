using CustomerService.Conformance;
using CustomerService.Conformance.Streams;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Engine;
using Orleans.Hosting;
using Orleans.Streams;
using Orleans.TestingHost;

namespace CustomerService.EngineTests.Streams;

/// <summary>Where the engine differs from Orleans on purpose, and what needs a clock that only the test moves.</summary>
public sealed class PressureTests : IAsyncLifetime
{
    private const int MaxPending = 16_384;

    private readonly string _key = Keys.New();
    private readonly ManualClock _clock = new();
    private InProcessTestCluster? _cluster;

    private IAsyncStream<string> Stream => _cluster!.Client.GetStreamProvider("streams").GetStream<string>(StreamId.Create("implicit", _key));

    private IAsyncStream<string> Rewindable => _cluster!.Client.GetStreamProvider("streams").GetStream<string>(StreamId.Create("rewind", _key));

    private IRewindGrain Rewinder => _cluster!.Client.GetGrain<IRewindGrain>(_key);

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.StartAsync(silo =>
    {
        silo.Services.AddSingleton<TimeProvider>(_clock);
        silo.Services.Configure<SimpleQueueCacheOptions>("streams", options => options.CacheSize = 4);
        silo.AddMemoryStreams("streams");
    });

    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();

    [Fact]
    public async Task A_publisher_waits_while_16384_events_wait_for_a_subscriber_and_goes_on_in_its_order()
    {
        await FillAsync();
        var first = Stream.OnNextAsync("first");
        var second = Stream.OnNextAsync("second");
        Assert.False(first.IsCompleted || second.IsCompleted);

        Gate.Of(_key).Open();
        await first;
        await second;

        var all = await Received.AfterAsync(_key, MaxPending + 3);
        Assert.Equal(["first", "second"], all[^2..]);
    }

    [Fact]
    public async Task A_publisher_that_waits_longer_than_a_response_timeout_is_told_and_its_event_is_not_accepted()
    {
        await FillAsync();
        var late = Stream.OnNextAsync("late");

        _clock.Advance(TimeSpan.FromSeconds(35));
        await Assert.ThrowsAsync<TimeoutException>(() => late);
        var next = Stream.OnNextAsync("next");
        Gate.Of(_key).Open();
        await next;

        var all = await Received.AfterAsync(_key, MaxPending + 2);
        Assert.Equal("next", all[^1]);
        Assert.DoesNotContain("late", all);
    }

    [Fact]
    public async Task A_subscriber_that_rewinds_too_far_is_told_and_gets_what_is_kept()
    {
        await Rewinder.SubscribeAsync(_key);
        foreach (var number in Enumerable.Range(0, 6))
            await Rewindable.OnNextAsync(number.ToString());
        await Received.AfterAsync(_key, 6);

        await Rewinder.ResumeAsync(_key, from: "1");

        Assert.Equal(["QueueCacheMissException", "2", "3", "4", "5"], (await Received.AfterAsync(_key, 5))[6..]);
    }

    [Fact]
    public async Task An_event_is_kept_for_half_an_hour_only()
    {
        await Rewinder.SubscribeAsync(_key);
        await Rewindable.OnNextAsync("old");
        await Received.AfterAsync(_key, 1);
        _clock.Advance(TimeSpan.FromMinutes(31));
        await Rewindable.OnNextAsync("new");

        await _cluster!.Client.GetGrain<IRewindGrain>(_key + "/late").SubscribeAsync(_key, from: "old");

        Assert.Equal(["QueueCacheMissException", "new"], await Received.AfterAsync(_key + "/late", 2));
    }

    [Fact]
    public async Task The_place_of_an_event_in_the_middle_of_a_batch_is_its_own()
    {
        await Rewinder.SubscribeAsync(_key);
        await Rewindable.OnNextBatchAsync(["a", "b", "c"]);
        await Received.AfterAsync(_key, 3);

        await Rewinder.ResumeAsync(_key, from: "c");
        await Rewindable.OnNextAsync("d");

        Assert.Equal(["a", "b", "c", "c", "d"], await Received.AfterAsync(_key, 2));
    }

    [Fact]
    public async Task A_subscriber_that_rewinds_while_it_receives_goes_on_from_there()
    {
        await Rewinder.SubscribeAsync(_key);
        await Rewindable.OnNextAsync("a");
        await Received.AfterAsync(_key, 1);
        await Rewindable.OnNextBatchAsync(["b", "rewind:a"]);
        var got = await Received.AfterAsync(_key, 5);

        Assert.Equal(["a", "b", "rewind:a", "a", "b", "rewind:a"], got[..6]);
        await Rewinder.LeaveAsync();
    }

    [Fact]
    public async Task A_stream_that_is_quiet_for_its_inactivity_period_is_forgotten_unless_somebody_subscribed()
    {
        var provider = (MemoryStreamProvider)_cluster!.Client.GetStreamProvider("streams");
        await Stream.OnNextAsync("x");
        await Received.AfterAsync(_key, 1);
        await Rewinder.SubscribeAsync(_key);
        Assert.Equal(2, provider.StreamsInUse);

        _clock.Advance(TimeSpan.FromMinutes(40));

        Assert.Equal(1, provider.StreamsInUse);
        await Stream.OnNextAsync("y");
        Assert.Equal(["x", "y"], await Received.AfterAsync(_key, 1));
    }

    /// <summary>One event that is being delivered and as many as may wait.</summary>
    private async Task FillAsync()
    {
        await Stream.OnNextAsync("gate:" + _key);
        await Gate.Of(_key).Arrived;
        await Stream.OnNextBatchAsync(Enumerable.Range(0, MaxPending - 1).Select(number => number.ToString()));
        Assert.True(Stream.OnNextAsync("last").IsCompletedSuccessfully);
    }
}
