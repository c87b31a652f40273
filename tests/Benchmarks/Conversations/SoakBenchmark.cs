using System.Diagnostics;
using CustomerService.Evals;

namespace CustomerService.Benchmarks;

/// <summary>
/// A steady rate for a long time: contacts write, one message in ten ends a conversation, and half of those who are done never come back: somebody new
/// writes in their place. So a hundred conversations and fifty contacts come and go every second, each lives for 200 seconds on average, and the load itself is steady well
/// within the first third of half an hour. Memory is printed every 30 seconds; its slope after that third should be nothing.
/// </summary>
internal static class SoakBenchmark
{
    private const int Contacts = 20_000;
    private const int PerSecond = 1_000;
    private const int Turnover = 10;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);

    public static async Task<IReadOnlyCollection<Figure>> RunAsync(TimeSpan time)
    {
        var folder = Directory.CreateTempSubdirectory("bench-soak-").FullName;
        try
        {
            await using var chatter = await Chatter.StartAsync(Path.Combine(folder, "soak.db"), collectionAge: TimeSpan.FromMinutes(2), isReopened: false);
            var samples = await DriveAsync(chatter, time);
            var settled = samples.Skip(samples.Count / 3).ToList();
            return
            [
                new("soak.minutes", Math.Round(samples[^1].At.TotalMinutes, 2), "min"),
                new("soak.messages", samples.Sum(sample => sample.Messages), "messages", PerSecond * samples[^1].At.TotalSeconds),
                new("soak.conversations", samples[^1].Ended, "ended"),
                new("soak.rss_mib", samples[^1].Rss, "MiB"),
                new("soak.rss_slope_mib_per_min", Math.Round(Slope(settled, sample => sample.Rss), 3), "MiB/min", 0),
                new("soak.heap_slope_mib_per_min", Math.Round(Slope(settled, sample => sample.Heap), 3), "MiB/min", 0),
                new("soak.worst_p99_ms", Math.Round(settled.Max(sample => sample.P99), 2), "ms"),
            ];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<List<Sample>> DriveAsync(Chatter chatter, TimeSpan time)
    {
        var people = Enumerable.Range(0, Contacts).ToArray();
        var opened = new bool[Contacts];
        var busy = new bool[Contacts];
        var random = new Random(1);
        var samples = new List<Sample>();
        var (clock, latencies, sent, ended, shown) = (Stopwatch.StartNew(), new Latencies(), 0L, 0L, TimeSpan.Zero);
        Exception? failure = null;
        Console.WriteLine($"{"minute",8} {"messages",10} {"rss MiB",9} {"heap MiB",9} {"p99 ms",8}");
        using var timer = new PeriodicTimer(Tick);
        while (failure is null && clock.Elapsed < time && await timer.WaitForNextTickAsync())
        {
            for (; sent < clock.Elapsed.TotalSeconds * PerSecond; sent++)
            {
                var place = random.Next(Contacts);
                if (!busy[place])
                    _ = WriteAsync(place, $"s{sent}", isLast: random.Next(Turnover) == 0, leaves: random.Next(2) == 0);
            }

            if (clock.Elapsed - shown < Interval && clock.Elapsed < time)
                continue;

            samples.Add(Sample.Take(clock.Elapsed, latencies, Volatile.Read(ref ended)));
            (latencies, shown) = (new(), clock.Elapsed);
            Console.WriteLine(samples[^1]);
        }

        return failure is null ? samples : throw failure;

        async Task WriteAsync(int place, string id, bool isLast, bool leaves)
        {
            try
            {
                busy[place] = true;
                await WriteOneAsync(people[place], id, isNew: !opened[place], isLast);
                opened[place] = !isLast;
                if (isLast && leaves)
                    people[place] += Contacts;
                busy[place] = false;
            }
            catch (Exception exception)
            {
                failure ??= exception;
            }
        }

        async Task WriteOneAsync(int contact, string id, bool isNew, bool isLast)
        {
            var begin = Stopwatch.GetTimestamp();
            if (isNew)
                await chatter.OpenAsync(contact, id);
            else
                await chatter.PostAsync(contact, id);
            latencies.Add(Stopwatch.GetElapsedTime(begin));
            if (!isLast)
                return;

            await chatter.ResolveAsync(contact);
            Interlocked.Increment(ref ended);
        }
    }

    /// <summary>Least squares, per minute.</summary>
    private static double Slope(List<Sample> samples, Func<Sample, double> value)
    {
        var (meanAt, mean) = (samples.Average(sample => sample.At.TotalMinutes), samples.Average(value));
        var spread = samples.Sum(sample => Math.Pow(sample.At.TotalMinutes - meanAt, 2));
        return spread == 0 ? 0 : samples.Sum(sample => (sample.At.TotalMinutes - meanAt) * (value(sample) - mean)) / spread;
    }

    private sealed record Sample(TimeSpan At, long Messages, long Ended, double Rss, double Heap, double P99)
    {
        public static Sample Take(TimeSpan at, Latencies latencies, long ended) =>
            new(at, latencies.Count, ended, Environment.WorkingSet >> 20, GC.GetGCMemoryInfo(GCKind.Any).HeapSizeBytes >> 20, latencies.Quantile(0.99));

        public override string ToString() => $"{At.TotalMinutes,8:0.0} {Messages,10} {Rss,9:0} {Heap,9:0} {P99,8:0.00}";
    }
}
