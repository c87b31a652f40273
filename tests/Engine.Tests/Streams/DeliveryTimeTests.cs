using CustomerService.Conformance;
using CustomerService.Conformance.Streams;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Streams;
using Orleans.TestingHost;

namespace CustomerService.EngineTests.Streams;

public sealed class DeliveryTimeTests
{
    private readonly string _key = Keys.New();

    [Fact(Timeout = 30_000)]
    public async Task An_event_that_fails_for_a_minute_is_reported_and_left_out()
    {
        var clock = new ManualClock();
        await using var cluster = await TestCluster.StartAsync(silo =>
        {
            silo.Services.AddSingleton<TimeProvider>(clock);
            silo.AddMemoryStreams("streams");
        });
        await cluster.Client.GetStreamProvider("streams").GetStream<int>(StreamId.Create("observed", _key)).OnNextBatchAsync([int.MinValue, 2]);

        while (Received.Now(_key).Length < 2)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.Equal(["StreamEventDeliveryFailureException", "2"], Received.Now(_key));
    }

    [Fact(Timeout = 30_000)]
    public async Task An_event_whose_grain_cannot_be_activated_for_a_minute_is_left_out()
    {
        var clock = new ManualClock();
        await using var cluster = await TestCluster.StartAsync(silo =>
        {
            silo.Services.AddSingleton<TimeProvider>(clock);
            silo.AddMemoryStreams("streams");
        });
        await cluster.Client.GetStreamProvider("streams").GetStream<int>(StreamId.Create("unwell", _key)).OnNextBatchAsync(Enumerable.Range(1, 50));

        while (Received.Now(_key).Length == 0)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }

        Assert.NotEqual("1", Received.Now(_key)[0]);
    }
}
