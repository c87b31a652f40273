using Orleans.Configuration;
using Orleans.Statistics;

namespace Orleans.Engine;

/// <summary>Looks once a second whether processor or memory are used beyond their thresholds.</summary>
internal sealed class LoadShedder(LoadSheddingOptions options, IEnvironmentStatisticsProvider environment, EngineClock clock)
{
    private readonly uint _period = Math.Max(1, clock.TicksOf(TimeSpan.FromSeconds(1)));
    private uint _next;
    private volatile bool _isShedding;

    /// <summary>Whether calls from outside the grains are refused at the moment.</summary>
    public bool IsShedding => _isShedding;

    public void OnTick()
    {
        if (!options.LoadSheddingEnabled || clock.Tick < _next)
            return;

        _next = clock.Tick + _period;
        var now = environment.GetEnvironmentStatistics();
        _isShedding = now.MemoryUsagePercentage > options.MemoryThreshold || now.FilteredCpuUsagePercentage > options.CpuThreshold;
    }
}
