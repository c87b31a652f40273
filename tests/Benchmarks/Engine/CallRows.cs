using CustomerService.Evals;

namespace CustomerService.Benchmarks;

/// <summary>Grain calls in their usual patterns.</summary>
internal static class CallRows
{
    private const int Grains = 10_000;
    private const int Callers = 100;

    private static readonly int s_cores = Environment.ProcessorCount;

    public static async Task<EngineRow[]> MeasureAsync(IGrainFactory factory, TimeSpan time)
    {
        var grains = Enumerable.Range(0, Grains).Select(key => factory.GetGrain<IPingGrain>(key)).ToArray();
        var actors = Enumerable.Range(0, Grains).Select(_ => new BareActor()).ToArray();
        // The first row must not pay for the compiler.
        await Meter.WavesAsync(n => grains[n % Grains].PingAsync(n), static answer => new ValueTask(answer), Callers, s_cores, TimeSpan.FromSeconds(2));
        var waves = await RowAsync("calls: waves of 100, 10,000 grains", n => grains[n % Grains].PingAsync(n), n => actors[n % Grains].CallAsync(n), Callers, s_cores, time, "Orleans 0.67 M/s, 2.6 us");
        return
        [
            waves with
            {
                Figures =
                [
                    new("engine.calls_per_s", Math.Round(waves.Engine.PerSecond), "1/s", Math.Round(waves.Bare!.PerSecond)),
                    new("engine.call_cpu_us", Math.Round(waves.Engine.CpuMicroseconds, 3), "us", Math.Round(waves.Bare.CpuMicroseconds, 3)),
                    new("engine.call_bytes", Math.Round(waves.Engine.BytesPerOperation), "bytes"),
                ],
            },
            await RowAsync("calls: 100 callers, one call each", n => grains[n % Grains].PingAsync(n), n => actors[n % Grains].CallAsync(n), 1, Callers, time, ""),
            await RowAsync("calls: one hot grain", n => grains[0].PingAsync(n), n => actors[0].CallAsync(n), Callers, s_cores, time, ""),
            await RowAsync("calls: one caller", n => grains[n % Grains].PingAsync(n), n => actors[n % Grains].CallAsync(n), 1, 1, time, ""),
            await GrainToGrainAsync(grains, actors, time),
            await WorkersAsync(factory, actors, time),
        ];
    }

    // The key of the other grain is a thousand away: both exist, and few asks meet.
    private static Task<EngineRow> GrainToGrainAsync(IPingGrain[] grains, BareActor[] actors, TimeSpan time)
    {
        var forwarders = actors.Select((_, place) => new BareActor { Next = actors[(place + 1000) % Grains] }).ToArray();
        return RowAsync("calls: grain to grain (two calls)", n => grains[n % Grains].AskAsync((n + 1000) % Grains, n), n => forwarders[n % Grains].CallAsync(n), Callers, s_cores, time, "");
    }

    private static Task<EngineRow> WorkersAsync(IGrainFactory factory, BareActor[] actors, TimeSpan time)
    {
        var worker = factory.GetGrain<IPingWorkerGrain>(0);
        return RowAsync("calls: one stateless worker", worker.PingAsync, n => actors[n % s_cores].CallAsync(n), Callers, s_cores, time, "");
    }

    private static async Task<EngineRow> RowAsync(
        string name, Func<int, Task<int>> call, Func<int, ValueTask<int>> bareCall, int width, int drivers, TimeSpan time, string limits)
    {
        var bare = await Meter.MeasureAsync(span => Meter.WavesAsync(bareCall, static async answer => await answer, width, drivers, span), time / 2);
        var engine = await Meter.MeasureAsync(span => Meter.WavesAsync(call, static answer => new ValueTask(answer), width, drivers, span), time);
        return new(name, engine, bare, limits);
    }
}
