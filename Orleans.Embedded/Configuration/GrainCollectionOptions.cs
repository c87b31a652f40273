namespace Orleans.Configuration;

/// <summary>When idle activations are collected.</summary>
public class GrainCollectionOptions
{
    public static readonly TimeSpan DEFAULT_COLLECTION_QUANTUM = TimeSpan.FromMinutes(1);
    public static readonly TimeSpan DEFAULT_ACTIVATION_TIMEOUT = TimeSpan.FromSeconds(30);
    public static readonly TimeSpan DEFAULT_DEACTIVATION_TIMEOUT = TimeSpan.FromSeconds(30);

    /// <summary>How often idle activations are looked for. Default: 1 minute.</summary>
    public TimeSpan CollectionQuantum { get; set; } = DEFAULT_COLLECTION_QUANTUM;

    /// <summary>How long an activation must be idle. Default: 15 minutes.</summary>
    public TimeSpan CollectionAge { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Ages by full class name or grain type; they go before <see cref="CollectionAge"/>.</summary>
    public Dictionary<string, TimeSpan> ClassSpecificCollectionAge { get; set; } = [];

    /// <summary>After this the token given to <c>OnActivateAsync</c> is cancelled. Default: 30 seconds.</summary>
    public TimeSpan ActivationTimeout { get; set; } = DEFAULT_ACTIVATION_TIMEOUT;

    /// <summary>After this the token given to <c>OnDeactivateAsync</c> is cancelled. Default: 30 seconds.</summary>
    public TimeSpan DeactivationTimeout { get; set; } = DEFAULT_DEACTIVATION_TIMEOUT;

    /// <summary>Whether activations are ended before their age when memory is short. Default: false.</summary>
    public bool EnableActivationSheddingOnMemoryPressure { get; set; }

    /// <summary>How often memory is looked at. Default: 5 seconds.</summary>
    public TimeSpan MemoryUsagePollingPeriod { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>The use of memory, in percent, above which activations are ended. Default: 80.</summary>
    public double MemoryUsageLimitPercentage { get; set; } = 80;

    /// <summary>The use of memory, in percent, that ending activations aims at; below <see cref="MemoryUsageLimitPercentage"/>. Default: 75.</summary>
    public double MemoryUsageTargetPercentage { get; set; } = 75;
}
