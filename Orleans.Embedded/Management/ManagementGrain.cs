using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Engine;

[StatelessWorker, GrainType("sys.management")]
internal sealed class ManagementGrain(IGrainContext context) : Grain(context), IManagementGrain
{
    private Cluster Cluster => Context.Cluster;

    public Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics() => Task.FromResult(Cluster.Registry.Classes
        .Select(grainClass => new SimpleGrainStatistic { GrainType = grainClass.TypeName, ActivationCount = grainClass.ActivationCount })
        .Where(statistic => statistic.ActivationCount > 0)
        .ToArray());

    public Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types = null) => Task.FromResult(Cluster.Registry.Classes
        .Where(grainClass => types is null || types.Contains(grainClass.TypeName))
        .SelectMany(grainClass => grainClass.Activations.Where(activation => !activation.IsGone)
            .Select(activation => new DetailedGrainStatistic { GrainType = grainClass.TypeName, GrainId = activation.GrainId }))
        .ToArray());

    public Task<int> GetGrainActivationCount(GrainReference grainReference)
    {
        var id = grainReference.GrainId;
        return Task.FromResult(Cluster.Registry.Class(id.Type).Activations.Count(activation => !activation.IsGone && activation.Key == id.Key));
    }

    public Task<int> GetTotalActivationCount() => Task.FromResult(Cluster.Registry.Classes.Sum(grainClass => grainClass.ActivationCount));

    public Task ForceActivationCollection(TimeSpan ageLimit)
    {
        var age = Cluster.Clock.TicksOf(ageLimit);
        Cluster.Collector.Collect(grainClass => grainClass.CollectionAge is null ? null : age);
        return Task.CompletedTask;
    }

    public ValueTask<List<GrainId>> GetActiveGrains(GrainType type) =>
        new(Cluster.Registry.Class(type).Activations.Where(activation => !activation.IsGone).Select(activation => activation.GrainId).Distinct().ToList());
}
