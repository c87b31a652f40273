using Orleans.Runtime;

namespace Orleans.Configuration;

/// <summary>Settings that make no sense stop the host at its start.</summary>
internal static class OptionChecks
{
    public static void Check(this GrainCollectionOptions options)
    {
        Require(options.CollectionQuantum > TimeSpan.Zero, nameof(options.CollectionQuantum), "must be above zero");
        Require(options.CollectionAge > options.CollectionQuantum, nameof(options.CollectionAge), $"must be above {nameof(options.CollectionQuantum)}");
        foreach (var (type, age) in options.ClassSpecificCollectionAge)
            Require(age > options.CollectionQuantum, $"{nameof(options.ClassSpecificCollectionAge)} of {type}", $"must be above {nameof(options.CollectionQuantum)}");
        if (!options.EnableActivationSheddingOnMemoryPressure)
            return;

        Require(options.MemoryUsagePollingPeriod > TimeSpan.Zero, nameof(options.MemoryUsagePollingPeriod), "must be above zero");
        Require(options.MemoryUsageLimitPercentage is >= 0 and <= 100, nameof(options.MemoryUsageLimitPercentage), "must be from 0 to 100");
        Require(options.MemoryUsageTargetPercentage is >= 0 and <= 100, nameof(options.MemoryUsageTargetPercentage), "must be from 0 to 100");
        Require(options.MemoryUsageTargetPercentage < options.MemoryUsageLimitPercentage, nameof(options.MemoryUsageTargetPercentage), $"must be below {nameof(options.MemoryUsageLimitPercentage)}");
    }

    public static void Check(this LoadSheddingOptions options)
    {
        if (!options.LoadSheddingEnabled)
            return;

        Require(options.CpuThreshold is > 0 and <= 100, nameof(options.CpuThreshold), "must be above 0, up to 100");
        Require(options.MemoryThreshold is > 0 and <= 100, nameof(options.MemoryThreshold), "must be above 0, up to 100");
    }

    private static void Require(bool condition, string name, string rule)
    {
        if (!condition)
            throw new OrleansConfigurationException($"{name} {rule}.");
    }
}
