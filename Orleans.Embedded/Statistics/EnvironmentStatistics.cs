namespace Orleans.Statistics;

/// <summary>Says how busy process and machine are. Replace it to decide yourself when memory is short or load is shed.</summary>
public interface IEnvironmentStatisticsProvider
{
    EnvironmentStatistics GetEnvironmentStatistics();
}

/// <summary>How busy process and machine are: raw as measured, and filtered, where peaks fade slowly.</summary>
[GenerateSerializer, Immutable, Alias("Orleans.Statistics.EnvironmentStatistics")]
public readonly struct EnvironmentStatistics
{
    /// <summary>0 to 100.</summary>
    [Id(0)]
    public readonly float FilteredCpuUsagePercentage;

    [Id(1)]
    public readonly long FilteredMemoryUsageBytes;

    [Id(2)]
    public readonly long FilteredAvailableMemoryBytes;

    /// <summary>What the process may use: the machine's memory, or the container's limit.</summary>
    [Id(3)]
    public readonly long MaximumAvailableMemoryBytes;

    /// <summary>0 to 100.</summary>
    [Id(4)]
    public readonly float RawCpuUsagePercentage;

    [Id(5)]
    public readonly long RawMemoryUsageBytes;

    [Id(6)]
    public readonly long RawAvailableMemoryBytes;

    internal EnvironmentStatistics(float cpu, float rawCpu, long memory, long rawMemory, long maximumMemory)
    {
        FilteredCpuUsagePercentage = Math.Clamp(cpu, 0, 100);
        RawCpuUsagePercentage = Math.Clamp(rawCpu, 0, 100);
        FilteredMemoryUsageBytes = memory;
        RawMemoryUsageBytes = rawMemory;
        FilteredAvailableMemoryBytes = Math.Max(0, maximumMemory - memory);
        RawAvailableMemoryBytes = Math.Max(0, maximumMemory - rawMemory);
        MaximumAvailableMemoryBytes = maximumMemory;
    }

    /// <summary>0 to 100.</summary>
    public float MemoryUsagePercentage => NormalizedMemoryUsage * 100;

    /// <summary>0 to 100.</summary>
    public float AvailableMemoryPercentage => NormalizedAvailableMemory * 100;

    public float NormalizedMemoryUsage => Share(RawMemoryUsageBytes);

    public float NormalizedFilteredMemoryUsage => Share(FilteredMemoryUsageBytes);

    public float NormalizedAvailableMemory => Share(RawAvailableMemoryBytes);

    public float NormalizedFilteredAvailableMemory => Share(FilteredAvailableMemoryBytes);

    public override string ToString() =>
        $"CPU {FilteredCpuUsagePercentage:F2}% (raw {RawCpuUsagePercentage:F2}%), memory {FilteredMemoryUsageBytes} of {MaximumAvailableMemoryBytes} bytes (raw {RawMemoryUsageBytes}, {MemoryUsagePercentage:F2}%)";

    private float Share(long bytes) => MaximumAvailableMemoryBytes <= 0 ? 0 : (float)Math.Clamp((double)bytes / MaximumAvailableMemoryBytes, 0, 1);
}
