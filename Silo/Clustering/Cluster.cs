using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace CustomerService.Clustering;

/// <summary>What a silo and its clients have in common.</summary>
internal static class Cluster
{
    /// <summary>The name under which ADO.NET knows PostgreSQL.</summary>
    public const string PostgreSql = "Npgsql";

    /// <summary>Registers the settings and returns them. What is wrong with them is said when the host starts, before anything is joined.</summary>
    public static ClusteringOptions AddClustering(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ClusteringOptions>().BindConfiguration("Clustering").ValidateOnStart();
        builder.Services.AddSingleton<IValidateOptions<ClusteringOptions>, ClusteringOptionsValidator>();
#if !AZURE_CLUSTERING
        builder.Services.AddOptions<ClusteringOptions>().Validate(clustering => clustering.Provider != ClusteringProvider.AzureStorage,
            "Clustering:Provider is AzureStorage, but this build is without it: build with -p:AzureClustering=true.");
#endif
        builder.Services.AddOptions<ClusterOptions>().Configure<IOptions<ClusteringOptions>>((cluster, clustering) =>
            (cluster.ClusterId, cluster.ServiceId) = (clustering.Value.ClusterId, clustering.Value.ServiceId));
        builder.Services.AddHostedService<ClusterDatabase>();
        return Read(builder.Configuration);
    }

    // A value that is none of its kind is an error of the start too: read on with the default until then.
    private static ClusteringOptions Read(IConfiguration configuration)
    {
        try
        {
            return configuration.GetSection("Clustering").Get<ClusteringOptions>() ?? new();
        }
        catch (InvalidOperationException)
        {
            return new();
        }
    }
}
