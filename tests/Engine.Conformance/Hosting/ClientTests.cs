using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace CustomerService.Conformance.Hosting;

/// <summary>Hosts that call grains and have none.</summary>
public sealed class ClientTests
{
    [Fact]
    public async Task A_client_host_calls_the_grains_of_the_silo_with_its_cluster_id()
    {
        var clusterId = Keys.New();
        using var silo = SiloHost(clusterId);
        await silo.StartAsync(TestContext.Current.CancellationToken);
        using var client = ClientHost(clusterId);
        await client.StartAsync(TestContext.Current.CancellationToken);

        var factory = client.Services.GetRequiredService<IClusterClient>();

        Assert.Equal(factory.GetGrain<IManagementGrain>(0), client.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0));
        Assert.True(await factory.GetGrain<IManagementGrain>(0).GetTotalActivationCount() > 0);
        await client.StopAsync(TestContext.Current.CancellationToken);
        await silo.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_client_host_without_its_silo_does_not_start()
    {
        using var client = ClientHost(Keys.New());
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(3));

        // An engine may say so at once, or try until its host gives up.
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => client.StartAsync(patience.Token));

        Assert.True(failure is OrleansException or OperationCanceledException, failure.ToString());
    }

    [Fact]
    public void A_silo_host_has_its_client_already() =>
        Assert.ThrowsAny<Exception>(() => Host.CreateEmptyApplicationBuilder(null).UseOrleans(silo => silo.UseLocalhostClustering()).UseOrleansClient());

    private static IHost SiloHost(string clusterId)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.UseOrleans(silo => silo.UseLocalhostClustering(siloPort: 21111, gatewayPort: 31111, clusterId: clusterId));
        return builder.Build();
    }

    private static IHost ClientHost(string clusterId)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.UseOrleansClient(client => client.UseLocalhostClustering(gatewayPort: 31111, clusterId: clusterId));
        return builder.Build();
    }
}
