namespace Orleans.Runtime;

/// <summary>Figures and levers for operators; the part of Orleans' interface that has a meaning in one process. Key: 0.</summary>
public interface IManagementGrain : IGrainWithIntegerKey
{
    /// <summary>Activations per grain class, which is written <c>namespace.class,assembly</c>.</summary>
    Task<SimpleGrainStatistic[]> GetSimpleGrainStatistics();

    /// <summary>Every activation of the grain classes with these names, written <c>namespace.class,assembly</c>; of all when there are none.</summary>
    Task<DetailedGrainStatistic[]> GetDetailedGrainStatistics(string[]? types = null);

    /// <summary>How many activations a grain has now: none, one, or as many as it has stateless workers.</summary>
    Task<int> GetGrainActivationCount(GrainReference grainReference);

    Task<int> GetTotalActivationCount();

    /// <summary>Ends activations that have been idle for <paramref name="ageLimit"/>.</summary>
    Task ForceActivationCollection(TimeSpan ageLimit);

    ValueTask<List<GrainId>> GetActiveGrains(GrainType type);
}

[GenerateSerializer, Immutable]
public sealed class SimpleGrainStatistic
{
    [Id(0)]
    public string GrainType { get; init; } = "";

    [Id(2)]
    public int ActivationCount { get; init; }

    public override string ToString() => $"SimpleGrainStatistic: GrainType={GrainType} NumActivations={ActivationCount}";
}

[GenerateSerializer, Immutable]
public sealed class DetailedGrainStatistic
{
    [Id(0)]
    public string GrainType { get; init; } = "";

    [Id(2)]
    public GrainId GrainId { get; init; }
}
