using System.Numerics;

namespace CustomerService.Benchmarks;

/// <summary>Many durations in little memory: buckets an eighth of an octave wide, so a quantile is at most 9 % too large. Many may add at once.</summary>
internal sealed class Latencies
{
    private const int StepsPerOctave = 8;
    private readonly long[] _buckets = new long[64 * StepsPerOctave];

    public long Count => _buckets.Sum();

    public void Add(TimeSpan duration) => Interlocked.Increment(ref _buckets[BucketOf(Math.Max(1, duration.Ticks))]);

    /// <summary>The duration that a share of all did not exceed, in milliseconds.</summary>
    public double Quantile(double share)
    {
        var left = (long)Math.Ceiling(Count * share);
        var bucket = -1;
        while (left > 0)
            left -= _buckets[++bucket];
        return bucket < 0 ? 0 : UpperEnd(bucket) / TimeSpan.TicksPerMillisecond;
    }

    private static int BucketOf(long ticks)
    {
        var octave = BitOperations.Log2((ulong)ticks);
        var within = octave >= 3 ? (int)(ticks >> (octave - 3)) - StepsPerOctave : (int)(ticks << (3 - octave)) - StepsPerOctave;
        return (octave * StepsPerOctave) + within;
    }

    private static double UpperEnd(int bucket) => Math.Pow(2, bucket / StepsPerOctave) * (1 + (((bucket % StepsPerOctave) + 1) / (double)StepsPerOctave));
}
