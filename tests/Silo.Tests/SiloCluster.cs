using Orleans.Hosting;
using Orleans.TestingHost;

namespace CustomerService;

/// <summary>Starts a cluster of one silo by the testing API that both engines have.</summary>
internal static class SiloCluster
{
    public static async Task<InProcessTestCluster> StartAsync(Action<ISiloBuilder> silo, Action<IClientBuilder>? client = null)
    {
        var cluster = new InProcessTestClusterBuilder(initialSilosCount: 1)
            .ConfigureSilo((_, builder) => silo(builder))
            .ConfigureClient(builder => client?.Invoke(builder))
            .Build();
        await cluster.DeployAsync();
        return cluster;
    }
}
