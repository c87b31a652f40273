using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace CustomerService.EngineTests.Hosting;

public sealed class LonelyClientTests
{
    [Fact]
    public async Task A_client_host_without_its_silo_says_so_at_once()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.UseOrleansClient(client => client.UseLocalhostClustering(clusterId: Guid.NewGuid().ToString("N")));
        using var client = builder.Build();

        await Assert.ThrowsAsync<SiloUnavailableException>(() => client.StartAsync(TestContext.Current.CancellationToken));
    }
}
