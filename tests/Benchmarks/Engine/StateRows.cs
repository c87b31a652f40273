using System.Collections.Concurrent;
using CustomerService.Evals;

namespace CustomerService.Benchmarks;

/// <summary>A record written to memory storage, checked by ETag.</summary>
internal static class StateRows
{
    private const int Grains = 10_000;

    public static async Task<EngineRow> MeasureAsync(IGrainFactory factory, TimeSpan time)
    {
        var grains = Enumerable.Range(0, Grains).Select(key => factory.GetGrain<ICounterGrain>(key)).ToArray();
        var records = new ConcurrentDictionary<int, CounterState>();
        var actors = Enumerable.Range(0, Grains).Select(key => new BareActor { Handler = value => Write(records, key, value) }).ToArray();
        var drivers = Environment.ProcessorCount;

        var bare = await Meter.MeasureAsync(span => Meter.WavesAsync(n => actors[n % Grains].CallAsync(n), static async answer => await answer, 100, drivers, span), time / 2);
        var one = await Meter.MeasureAsync(span => Meter.WavesAsync(n => grains[n % Grains].AddAsync(), static answer => new ValueTask(answer), 100, drivers, span), time);
        return new("WriteStateAsync: one in a call", one, bare, "Orleans 118-146 k/s, 12 us")
        {
            Figures = [new("engine.write_state_cpu_us", Math.Round(one.CpuMicroseconds, 3), "us", Math.Round(bare.CpuMicroseconds, 3))],
        };
    }

    private static void Write(ConcurrentDictionary<int, CounterState> records, int key, long value)
    {
        if (!records.TryGetValue(key, out var known))
            records.TryAdd(key, new(value));
        else
            records.TryUpdate(key, new(value), known);
    }
}
