using System.Diagnostics;
using CustomerService.Evals;

namespace CustomerService.Benchmarks;

/// <summary>A million live conversations in one process, each with its three newest messages in memory, and random traffic over them.</summary>
internal static class ConversationsBenchmark
{
    private const int Callers = 256;
    private static readonly TimeSpan MaxFill = TimeSpan.FromMinutes(20);

    public static async Task<IReadOnlyCollection<Figure>> RunAsync(bool isQuick)
    {
        var (count, time) = isQuick ? (20_000, TimeSpan.FromSeconds(8)) : (1_000_000, TimeSpan.FromSeconds(60));
        var folder = Directory.CreateTempSubdirectory("bench-conversations-").FullName;
        try
        {
            var before = Environment.WorkingSet;
            await using var chatter = await Chatter.StartAsync(Path.Combine(folder, "live.db"), collectionAge: TimeSpan.FromHours(2));
            var live = await FillAsync(chatter, count, isQuick ? TimeSpan.FromSeconds(25) : MaxFill);
            var filled = Environment.WorkingSet;
            using var pauses = new PauseWatch();
            var paused = GC.GetTotalPauseDuration();
            var traffic = await TrafficAsync(chatter, live, time);
            return
            [
                new("conversations.live", live, "conversations", 1_000_000),
                new("conversations.rss_gib", Math.Round(Environment.WorkingSet / Math.Pow(2, 30), 3), "GiB", isQuick ? null : 4),
                new("conversations.bytes_each", Math.Round((Environment.WorkingSet - before) / (double)live), "bytes", 4_294),
                new("conversations.filled_rss_gib", Math.Round(filled / Math.Pow(2, 30), 3), "GiB"),
                new("conversations.allocated_bytes_per_message", Math.Round(traffic.Allocated), "bytes"),
                new("conversations.messages_per_s", Math.Round(traffic.PerSecond), "1/s"),
                new("conversations.p50_ms", Math.Round(traffic.Latencies.Quantile(0.5), 2), "ms"),
                new("conversations.p99_ms", Math.Round(traffic.Latencies.Quantile(0.99), 2), "ms"),
                new("conversations.cpu_us_per_message", Math.Round(traffic.CpuMicroseconds, 2), "us"),
                new("conversations.gc_pause_longest_ms", Math.Round(pauses.Longest.TotalMilliseconds, 2), "ms"),
                new("conversations.gc_paused_share", Math.Round((GC.GetTotalPauseDuration() - paused) / traffic.Wall, 4), "of the time"),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>How many conversations got their messages in the time there was.</summary>
    private static async Task<int> FillAsync(Chatter chatter, int count, TimeSpan max)
    {
        var clock = Stopwatch.StartNew();
        var (next, done) = (-1, 0);
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed < max && Interlocked.Increment(ref next) is var contact && contact < count)
            {
                await chatter.OpenAsync(contact, "m0");
                for (var number = 1; number <= 3; number++)
                    await chatter.PostAsync(contact, $"m{number}");
                if (Interlocked.Increment(ref done) % 100_000 == 0)
                    Console.Error.WriteLine($"{done:N0} live after {clock.Elapsed.TotalSeconds:0} s, {Environment.WorkingSet >> 20:N0} MiB");
            }
        })));
        return done;
    }

    private static async Task<Traffic> TrafficAsync(Chatter chatter, int live, TimeSpan time)
    {
        var latencies = new Latencies();
        var (cpu, allocated, clock) = (Process.GetCurrentProcess().TotalProcessorTime, GC.GetTotalAllocatedBytes(), Stopwatch.StartNew());
        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            var random = new Random(caller);
            for (var turn = 0; clock.Elapsed < time; turn++)
            {
                var begin = Stopwatch.GetTimestamp();
                await chatter.PostAsync(random.Next(live), $"t{caller}-{turn}");
                latencies.Add(Stopwatch.GetElapsedTime(begin));
            }
        })));
        var used = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        double messages = latencies.Count;
        return new(messages / clock.Elapsed.TotalSeconds, used.TotalMicroseconds / messages, (GC.GetTotalAllocatedBytes() - allocated) / messages, clock.Elapsed, latencies);
    }

    private sealed record Traffic(double PerSecond, double CpuMicroseconds, double Allocated, TimeSpan Wall, Latencies Latencies);
}
