namespace Orleans.Configuration;

/// <summary>How a stream provider delivers; named like the provider.</summary>
public class StreamPullingAgentOptions
{
    /// <summary>For how long an event that fails is tried again before its subscriber is told and it is left out. Default: 1 minute.</summary>
    public TimeSpan MaxEventDeliveryTime { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>After how long without events what is kept of a stream in memory is given up. Default: 30 minutes.</summary>
    public TimeSpan StreamInactivityPeriod { get; set; } = TimeSpan.FromMinutes(30);
}

/// <summary>How many events a provider keeps for subscribers that rewind; named like the provider.</summary>
public class SimpleQueueCacheOptions
{
    public const int DEFAULT_CACHE_SIZE = 4096;

    /// <summary>Events of all streams together, rounded up to a power of two. Default: 4,096.</summary>
    public int CacheSize { get; set; } = DEFAULT_CACHE_SIZE;
}

/// <summary>How long a provider keeps events for subscribers that rewind; named like the provider.</summary>
public class StreamCacheEvictionOptions
{
    public static readonly TimeSpan DefaultDataMaxAgeInCache = TimeSpan.FromMinutes(30);

    /// <summary>Default: 30 minutes.</summary>
    public TimeSpan DataMaxAgeInCache { get; set; } = DefaultDataMaxAgeInCache;
}
