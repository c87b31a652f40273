namespace Orleans.Statistics;

/// <summary>Asks the runtime: memory of the managed heap, processor time of this process.</summary>
internal sealed class EnvironmentStatisticsProvider(TimeProvider time) : IEnvironmentStatisticsProvider
{
    // A rise counts at once, a fall by this share of the way.
    private const float Fall = 0.2f;

    private readonly Lock _lock = new();
    private long _lastLook = time.GetTimestamp();
    private TimeSpan _lastCpu = Environment.CpuUsage.TotalTime;
    private float _rawCpu;
    private float _cpu;
    private float _memory;

    public EnvironmentStatistics GetEnvironmentStatistics()
    {
        lock (_lock)
        {
            LookAtProcessor();
            var info = GC.GetGCMemoryInfo();
            var raw = Math.Clamp(info.TotalCommittedBytes - info.FragmentedBytes, 0, info.TotalAvailableMemoryBytes);
            _memory = Filter(_memory, raw);
            return new(_cpu, _rawCpu, (long)_memory, raw, info.TotalAvailableMemoryBytes);
        }
    }

    private void LookAtProcessor()
    {
        var elapsed = time.GetElapsedTime(_lastLook);
        if (elapsed < TimeSpan.FromMilliseconds(100))
            return;

        var used = Environment.CpuUsage.TotalTime;
        _rawCpu = (float)((used - _lastCpu) / elapsed / Environment.ProcessorCount * 100);
        _cpu = Filter(_cpu, _rawCpu);
        _lastCpu = used;
        _lastLook = time.GetTimestamp();
    }

    private static float Filter(float last, float next) => next >= last ? next : last + ((next - last) * Fall);
}
