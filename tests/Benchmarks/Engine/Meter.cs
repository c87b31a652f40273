using System.Diagnostics;

namespace CustomerService.Benchmarks;

/// <summary>What some operations took. CPU is of all threads of the process: collections and the drivers are in it.</summary>
internal sealed record Measured(long Operations, TimeSpan Wall, TimeSpan Cpu, long Allocated, TimeSpan Paused, TimeSpan LongestPause)
{
    public double PerSecond => Operations / Wall.TotalSeconds;

    public double CpuMicroseconds => Cpu.TotalMicroseconds / Operations;

    public double BytesPerOperation => (double)Allocated / Operations;
}

internal static class Meter
{
    // Until then methods are not compiled for good.
    private static readonly TimeSpan s_shortestWarmUp = TimeSpan.FromSeconds(0.8);

    /// <summary>Runs <paramref name="work"/> once to warm up, then measures it.</summary>
    /// <param name="work">Works until the time is over and returns how many operations it did.</param>
    /// <param name="time">How long to measure; a third of it, and never under 0.8 s, is the warm-up.</param>
    public static async Task<Measured> MeasureAsync(Func<TimeSpan, Task<long>> work, TimeSpan time)
    {
        await work(time / 3 < s_shortestWarmUp ? s_shortestWarmUp : time / 3);
        return await MeasureOnceAsync(() => work(time));
    }

    public static async Task<Measured> MeasureOnceAsync(Func<Task<long>> work)
    {
        GC.Collect();
        using var pauses = new PauseWatch();
        var process = Process.GetCurrentProcess();
        var (cpu, allocated, paused, begin) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(), GC.GetTotalPauseDuration(), Stopwatch.GetTimestamp());
        var operations = await work();
        var wall = Stopwatch.GetElapsedTime(begin);
        process.Refresh();
        return new(operations, wall, process.TotalProcessorTime - cpu, GC.GetTotalAllocatedBytes() - allocated, GC.GetTotalPauseDuration() - paused, pauses.Longest);
    }

    /// <summary>Waves on every core: a driver sends <paramref name="width"/> calls, each to the next target, and waits for all answers.</summary>
    /// <param name="send">Makes call number N and returns its answer.</param>
    /// <param name="width">Callers in a wave.</param>
    /// <param name="drivers">Waves at once.</param>
    /// <param name="time">After which no new wave begins.</param>
    public static async Task<long> WavesAsync<T>(Func<int, T> send, Func<T, ValueTask> wait, int width, int drivers, TimeSpan time)
    {
        var clock = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, drivers).Select(driver => Task.Run(async () =>
        {
            var answers = new T[width];
            var number = driver * (1 << 20);
            var count = 0L;
            while (clock.Elapsed < time)
            {
                for (var place = 0; place < width; place++)
                    answers[place] = send(number++);
                for (var place = 0; place < width; place++)
                    await wait(answers[place]);
                count += width;
            }

            return count;
        })));
        return counts.Sum();
    }
}

/// <summary>Sees every collection and keeps the longest pause: an object without owner whose finalizer runs after each one.</summary>
internal sealed class PauseWatch : IDisposable
{
    private readonly long _before = GC.GetGCMemoryInfo(GCKind.Any).Index;
    private long _longest;
    private volatile bool _stopped;

    public PauseWatch() => _ = new Sentinel(this);

    public TimeSpan Longest => TimeSpan.FromTicks(Volatile.Read(ref _longest));

    public void Dispose() => _stopped = true;

    private void Look()
    {
        foreach (var kind in (ReadOnlySpan<GCKind>)[GCKind.Ephemeral, GCKind.FullBlocking, GCKind.Background])
        {
            var info = GC.GetGCMemoryInfo(kind);
            foreach (var pause in info.PauseDurations)
                _longest = info.Index > _before ? Math.Max(_longest, pause.Ticks) : _longest;
        }
    }

    private sealed class Sentinel(PauseWatch watch)
    {
#pragma warning disable MA0055 // Nothing else runs after every collection, and there is nothing to release.
        ~Sentinel()
#pragma warning restore MA0055
        {
            if (watch._stopped)
                return;
            watch.Look();
            _ = new Sentinel(watch);
        }
    }
}
