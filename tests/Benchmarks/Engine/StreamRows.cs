using System.Diagnostics;
using CustomerService.Evals;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;

namespace CustomerService.Benchmarks;

/// <summary>Events from outside the grains to implicit subscribers: as many as go through, then one at a time for the delay.</summary>
internal static class StreamRows
{
    private const int Streams = 100;
    private const int EventsPerRound = 64;

    public static async Task<EngineRow[]> MeasureAsync(IServiceProvider services, TimeSpan time)
    {
        var provider = services.GetRequiredKeyedService<IStreamProvider>("bench");
        var streams = Enumerable.Range(0, Streams).Select(number => provider.GetStream<Tick>(StreamId.Create("bench-ticks", $"stream-{number}"))).ToArray();
        var actors = Enumerable.Range(0, Streams).Select(_ => new BareActor { Handler = sentAt => Deliveries.Current.Add(sentAt) }).ToArray();

        var bare = await ThroughputAsync((number, sentAt) => { actors[number].Tell(sentAt); return Task.CompletedTask; }, time / 2);
        var engine = await ThroughputAsync((number, sentAt) => streams[number].OnNextAsync(new(sentAt)), time);
        var throughput = new EngineRow("streams: rounds of 64 x 100 streams", engine.Cost, bare.Cost, "Orleans 260 k/s") { Latency = engine.Delay };
        var bareAlone = await OneAtATimeAsync((number, sentAt) => { actors[number].Tell(sentAt); return Task.CompletedTask; }, time / 2);
        var alone = await OneAtATimeAsync((number, sentAt) => streams[number].OnNextAsync(new(sentAt)), time);
        return
        [
            throughput with { Figures = [new("engine.stream_events_per_s", Math.Round(engine.Cost.PerSecond), "1/s", Math.Round(bare.Cost.PerSecond)), new("engine.stream_cpu_us", Math.Round(engine.Cost.CpuMicroseconds, 3), "us", Math.Round(bare.Cost.CpuMicroseconds, 3))] },
            new("streams: one event at a time", alone.Cost, bareAlone.Cost, "Orleans p50 4.5 ms at a 5 ms poll")
            {
                Latency = alone.Delay,
                Figures = [new("engine.stream_p50_ms", alone.Delay.P50, "ms", bareAlone.Delay.P50), new("engine.stream_p99_ms", alone.Delay.P99, "ms", bareAlone.Delay.P99)],
            },
        ];
    }

    private static async Task<(Measured Cost, (double P50, double P99) Delay)> ThroughputAsync(Func<int, long, Task> publish, TimeSpan time)
    {
        var cost = await Meter.MeasureAsync(span => RoundsAsync(publish, EventsPerRound, Streams, span), time);
        return (cost, (Deliveries.Current.Percentile(0.5), Deliveries.Current.Percentile(0.99)));
    }

    private static async Task<(Measured Cost, (double P50, double P99) Delay)> OneAtATimeAsync(Func<int, long, Task> publish, TimeSpan time)
    {
        var cost = await Meter.MeasureAsync(span => RoundsAsync(publish, 1, 1, span), time);
        return (cost, (Deliveries.Current.Percentile(0.5), Deliveries.Current.Percentile(0.99)));
    }

    /// <summary>Publishes a number of events to each stream, on every core, waits until all have arrived, and begins again.</summary>
    private static async Task<long> RoundsAsync(Func<int, long, Task> publish, int events, int streams, TimeSpan time)
    {
        var deliveries = Deliveries.Current = new();
        var publishers = Math.Min(streams, Environment.ProcessorCount);
        var clock = Stopwatch.StartNew();
        for (var sent = 0L; clock.Elapsed < time;)
        {
            sent += (long)events * streams;
            var reached = deliveries.WhenReached(sent);
            if (publishers == 1)
                await PublishAsync(publish, events, 0, streams);
            else
                await Task.WhenAll(Enumerable.Range(0, publishers).Select(part => Task.Run(() => PublishAsync(publish, events, streams * part / publishers, streams * (part + 1) / publishers))));
            await reached;
        }

        return deliveries.Count;
    }

    private static async Task PublishAsync(Func<int, long, Task> publish, int events, int from, int to)
    {
        for (var number = 0; number < events; number++)
        {
            for (var stream = from; stream < to; stream++)
                await publish(stream, Stopwatch.GetTimestamp());
        }
    }
}
