using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
#if AZURE_CLUSTERING
using Azure.Data.Tables;
#endif

namespace CustomerService.Clustering;

/// <summary>The host of a Gateway or a Dashboard that is a process of its own: a client of the cluster.</summary>
internal static class ClusterClient
{
    private const int BadSetting = 2;
    private const int AddressInUse = 3;

    public static WebApplicationBuilder CreateBuilder(string[] arguments, string url, Action<IClientBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = arguments, ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = [new("Urls", url), new("Logging:LogLevel:Default", "Warning"), new("Logging:LogLevel:CustomerService", "Information")],
        });
        // A build, unlike a publish, leaves the pages' styles and scripts where they were written.
        builder.WebHost.UseStaticWebAssets();
        // A start that fails is explained in one sentence; the host would log its stack trace as well.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        // The keys are as safe as their folder is, which belongs to the product's own user; the framework would warn at every start.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddOptions<Tenancy.TenancyOptions>().BindConfiguration("Tenancy").ValidateDataAnnotations().ValidateOnStart();
        // Cookies and tokens of one process are good for the next: all have one folder of keys.
        builder.Services.AddDataProtection().SetApplicationName("customer-service")
            .PersistKeysToFileSystem(new(Path.Combine(builder.Configuration["Gateway:KeyFolder"] ?? "data/keys", "cookies")));

        var clustering = builder.AddClustering();
        builder.UseOrleansClient(client =>
        {
            client.Find(clustering).UseConnectionRetryFilter<WaitForSilo>();
            configure?.Invoke(client);
        });
        return builder;
    }

    /// <returns>The exit code: 0 stopped, 2 a setting is wrong, 3 the port is in use.</returns>
    public static async Task<int> RunAsync(WebApplicationBuilder builder, Action<WebApplication> map)
    {
        try
        {
            await using var app = builder.Build();
            map(app);
            await app.StartAsync();
            await Console.Out.WriteLineAsync($"Ready at {app.Urls.First()}");
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (OptionsValidationException exception)
        {
            return Fail(BadSetting, $"A setting is wrong. {string.Join(' ', exception.Failures)} `--help` of the silo explains the settings.");
        }
        catch (InvalidOperationException exception) when (exception.InnerException is FormatException)
        {
            return Fail(BadSetting, $"A setting is wrong. {exception.Message} `--help` of the silo explains the settings.");
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            return Fail(AddressInUse, $"{exception.Message.TrimEnd('.')}. Stop the program that listens there, or choose another port with --Urls.");
        }
    }

    private static int Fail(int code, string message)
    {
        Console.Error.WriteLine(message);
        return code;
    }

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
