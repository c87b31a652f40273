using Orleans.Hosting;
using Orleans.TestingHost;

[assembly: AssemblyFixture(typeof(CustomerService.EngineTests.EngineFixture))]

namespace CustomerService.EngineTests;

/// <summary>One cluster for all tests that need nothing special of theirs; every test uses keys of its own.</summary>
public sealed class EngineFixture : IAsyncLifetime
{
    private InProcessTestCluster? _cluster;

    public IGrainFactory Grains => _cluster!.Client;

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.StartAsync(silo => silo.AddMemoryGrainStorageAsDefault());

    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();

    public static string NewKey() => Guid.NewGuid().ToString("N");
}
