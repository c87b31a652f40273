using CustomerService.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
#if AZURE_CLUSTERING
using Azure.Data.Tables;
#endif

namespace CustomerService.Clustering;

/// <summary>The host of a Gateway or a Dashboard that is a process of its own: a client of the cluster.</summary>
internal static class ClusterClient
{
    public static WebApplicationBuilder CreateBuilder(string[] arguments, string url, Action<IClientBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = arguments, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = [new("Urls", url), new("Logging:LogLevel:Default", "Warning"), new("Logging:LogLevel:CustomerService", "Information")],
        });
        builder.AddProcess();
        var clustering = builder.AddClustering();
        builder.UseOrleansClient(client =>
        {
            client.Find(clustering).UseConnectionRetryFilter<WaitForSilo>();
            configure?.Invoke(client);
        });
        return builder;
    }

    /// <returns>The exit code: 0 stopped, 2 a setting is wrong, 3 the port is in use.</returns>
    public static Task<int> RunAsync(WebApplicationBuilder builder, Action<WebApplication> map) =>
        HostProcess.RunAsync(builder, map, app => $"Ready at {app.Urls.First()}");

    private static IClientBuilder Find(this IClientBuilder client, ClusteringOptions clustering) => clustering.Provider switch
    {
        ClusteringProvider.AdoNet => client.UseAdoNetClustering(options => (options.Invariant, options.ConnectionString) = (Cluster.PostgreSql, clustering.ConnectionString)),
#if AZURE_CLUSTERING
        ClusteringProvider.AzureStorage => client.UseAzureStorageClustering(options => options.TableServiceClient = new TableServiceClient(clustering.ConnectionString)),
#endif
        _ => client.UseLocalhostClustering(clustering.GatewayPort, clustering.ServiceId, clustering.ClusterId),
    };
}

/// <summary>Processes of a cluster start in any order: a client waits for its silo.</summary>
internal sealed partial class WaitForSilo(IOptions<ClusterOptions> cluster, TimeProvider time, ILogger<WaitForSilo> logger) : IClientConnectionRetryFilter
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    public async Task<bool> ShouldRetryConnectionAttempt(Exception exception, CancellationToken cancellationToken)
    {
        LogWaiting(cluster.Value.ClusterId, exception.Message);
        await Task.Delay(Pause, time, cancellationToken);
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "No silo of {Cluster} answers yet; trying again. {Reason}")]
    private partial void LogWaiting(string cluster, string reason);
}
