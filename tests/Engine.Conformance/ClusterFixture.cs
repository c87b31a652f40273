using Orleans.Hosting;
using Orleans.TestingHost;

[assembly: AssemblyFixture(typeof(CustomerService.Conformance.ClusterFixture))]

namespace CustomerService.Conformance;

/// <summary>One cluster for all tests that need nothing special of theirs; every test uses keys of its own.</summary>
public sealed class ClusterFixture : IAsyncLifetime
{
    private InProcessTestCluster? _cluster;

    public IClusterClient Grains => _cluster!.Client;

    public async ValueTask InitializeAsync() => _cluster = await Clusters.StartAsync(silo => silo.AddMemoryGrainStorageAsDefault());

    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();
}

public static class Keys
{
    public static string New() => Guid.NewGuid().ToString("N");
}

/// <summary>Starts clusters by the testing API that both engines have: one silo, and a client beside it.</summary>
public static class Clusters
{
    public static async Task<InProcessTestCluster> StartAsync(Action<ISiloBuilder>? silo = null, Action<IClientBuilder>? client = null)
    {
        var cluster = new InProcessTestClusterBuilder(initialSilosCount: 1)
            .ConfigureSilo((_, builder) => silo?.Invoke(builder))
            .ConfigureClient(builder => client?.Invoke(builder))
            .Build();
        await cluster.DeployAsync();
        return cluster;
    }
}
