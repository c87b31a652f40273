using Microsoft.Extensions.Options;
using Orleans.Hosting;

namespace CustomerService.Clustering;

/// <summary>The engine of the default build: this process is all there is.</summary>
internal static class EmbeddedEngine
{
    public static void UseEngine(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ClusteringOptions>().BindConfiguration("Clustering").ValidateOnStart()
            .Validate(clustering => clustering.Provider == ClusteringProvider.Localhost, "Clustering:Provider is set, but this build is one process and joins no cluster: build with -p:Engine=Orleans.");
        builder.Services.AddSingleton<IValidateOptions<ClusteringOptions>, ClusteringOptionsValidator>();
        builder.UseOrleans(silo => silo.UseLocalhostClustering().AddReminders());
    }
}
