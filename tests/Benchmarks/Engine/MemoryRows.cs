using CustomerService.Evals;

namespace CustomerService.Benchmarks;

/// <summary>Many grains come to life once and then sit in memory.</summary>
internal static class MemoryRows
{
    private const int WarmUp = 20_000;

    public static async Task<EngineRow[]> MeasureAsync(IGrainFactory factory, int count)
    {
        var (bare, bareBytes) = await FillBareAsync(count);
        await WakeAsync(WarmUp, key => factory.GetGrain<IIdleGrain>(-1 - key).TouchAsync(), static answer => new ValueTask(answer));
        var (engine, engineBytes) = await FillAsync(count, key => factory.GetGrain<IIdleGrain>(key).TouchAsync(), static answer => new ValueTask(answer));
        return
        [
            new($"activations: {count:N0} grains", engine, bare, "Orleans 44 k/s, 2,076 bytes")
            {
                Resident = (engineBytes, bareBytes),
                Figures =
                [
                    new("engine.activations_per_s", Math.Round(engine.PerSecond), "1/s", Math.Round(bare.PerSecond)),
                    new("engine.activation_cpu_us", Math.Round(engine.CpuMicroseconds, 2), "us", Math.Round(bare.CpuMicroseconds, 2)),
                    new("engine.idle_bytes", Math.Round(engineBytes), "bytes", Math.Round(bareBytes)),
                    new("engine.activation_gc_longest_ms", Math.Round(engine.LongestPause.TotalMilliseconds, 1), "ms"),
                ],
            },
        ];
    }

    // Its actors are garbage afterwards: the engine must not pay for tracing them.
    private static async Task<(Measured Cost, double Bytes)> FillBareAsync(int count)
    {
        var directory = new BareDirectory();
        await WakeAsync(WarmUp, key => directory.Get(-1 - key).CallAsync(0), static async answer => await answer);
        var filled = await FillAsync(count, key => directory.Get(key).CallAsync(0), static async answer => await answer);
        GC.KeepAlive(directory);
        return filled;
    }

    private static async Task<(Measured Cost, double Bytes)> FillAsync<T>(int count, Func<int, T> touch, Func<T, ValueTask> wait)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var cost = await Meter.MeasureOnceAsync(() => WakeAsync(count, touch, wait));
        return (cost, (double)(GC.GetTotalMemory(forceFullCollection: true) - before) / count);
    }

    // Waves of 100 new grains on every core.
    private static async Task<long> WakeAsync<T>(int count, Func<int, T> touch, Func<T, ValueTask> wait)
    {
        var drivers = Environment.ProcessorCount;
        await Task.WhenAll(Enumerable.Range(0, drivers).Select(driver => Task.Run(async () =>
        {
            var answers = new T[100];
            for (var key = driver * count / drivers; key < (driver + 1) * count / drivers; key += answers.Length)
            {
                for (var place = 0; place < answers.Length; place++)
                    answers[place] = touch(key + place);
                foreach (var answer in answers)
                    await wait(answer);
            }
        })));
        return count;
    }
}
