using System.Diagnostics;

namespace CustomerService.Benchmarks;

/// <summary>Counts stream events where they arrive and keeps how long each was on its way.</summary>
internal sealed class Deliveries
{
    // Quarters of a microsecond up to 100 ms; what is slower counts as the slowest.
    private const int PerMicrosecond = 4;

    private readonly int[] _histogram = new int[100_000 * PerMicrosecond];
    private long _count;
    private long _awaited = long.MaxValue;
    private TaskCompletionSource _reached = new();

    public static Deliveries Current { get; set; } = new();

    public long Count => Volatile.Read(ref _count);

    public void Add(long sentAt)
    {
        var quarters = (int)Math.Min(_histogram.Length - 1, Stopwatch.GetElapsedTime(sentAt).TotalMicroseconds * PerMicrosecond);
        Interlocked.Increment(ref _histogram[quarters]);
        if (Interlocked.Increment(ref _count) == Volatile.Read(ref _awaited))
            _reached.SetResult();
    }

    /// <summary>Completes when <paramref name="count"/> events have arrived; one waiter at a time, who asks before he sends the last of them.</summary>
    public Task WhenReached(long count)
    {
        _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _awaited, count);
        return _reached.Task;
    }

    /// <summary>Milliseconds within which <paramref name="share"/> of the events arrived.</summary>
    public double Percentile(double share)
    {
        var wanted = (long)Math.Ceiling(_histogram.Sum(count => (long)count) * share);
        var index = 0;
        for (var seen = (long)_histogram[0]; seen < wanted; seen += _histogram[index])
            index++;
        return (index + 1) / (1000.0 * PerMicrosecond);
    }
}
