using CustomerService.Agents;
using Orleans.Dashboard;
using Orleans.Providers;
#if AZURE_CLUSTERING
using Azure.Data.Tables;
#endif

namespace CustomerService.Clustering;

/// <summary>The engine of the Orleans build: a silo of a cluster, in which Gateways and Dashboards may be processes of their own.</summary>
internal static class OrleansEngine
{
    public static void UseEngine(this WebApplicationBuilder builder)
    {
        var clustering = builder.AddClustering();
        builder.Services.AddSingleton<OneSilo>().AddHostedService(services => services.GetRequiredService<OneSilo>());
        builder.UseOrleans(silo =>
        {
            silo.Join(clustering).AddReminders();
            silo.AddDashboard();
            silo.AddStartupTask((services, cancellationToken) => services.GetRequiredService<OneSilo>().LookAsync(cancellationToken));
        });
    }

    private static ISiloBuilder Join(this ISiloBuilder silo, ClusteringOptions clustering) => clustering.Provider switch
    {
        ClusteringProvider.AdoNet => silo.ConfigureEndpoints(clustering.SiloPort, clustering.GatewayPort).UsePostgreSql(clustering.ConnectionString),
#if AZURE_CLUSTERING
        ClusteringProvider.AzureStorage => silo.ConfigureEndpoints(clustering.SiloPort, clustering.GatewayPort)
            .UseAzureStorageClustering(options => options.TableServiceClient = new TableServiceClient(clustering.ConnectionString)),
#endif
        _ => silo.UseLocalhostClustering(clustering.SiloPort, clustering.GatewayPort, serviceId: clustering.ServiceId, clusterId: clustering.ClusterId),
    };

    private static ISiloBuilder UsePostgreSql(this ISiloBuilder silo, string connection)
    {
        silo.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Cluster.PostgreSql, connection));
        silo.UseAdoNetReminderService(options => (options.Invariant, options.ConnectionString) = (Cluster.PostgreSql, connection));
        foreach (var name in new[] { ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, AgentServices.Storage })
            silo.AddAdoNetGrainStorage(name, options => (options.Invariant, options.ConnectionString, options.GrainStorageSerializer) = (Cluster.PostgreSql, connection, new StateJson()));
        return silo;
    }
}
