using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CustomerService.Clustering;

/// <summary>Where the processes of a cluster find each other.</summary>
internal enum ClusteringProvider
{
    /// <summary>On this machine: one silo, and clients beside it.</summary>
    Localhost,

    /// <summary>In tables of a PostgreSQL database.</summary>
    AdoNet,

    /// <summary>In tables of an Azure storage account; for builds with <c>-p:AzureClustering=true</c>.</summary>
    AzureStorage,
}

/// <summary>How silos, Gateways and Dashboards find each other; configuration section <c>Clustering</c>. The build with the embedded engine is one process and takes the defaults only.</summary>
internal sealed record ClusteringOptions : IValidatableObject
{
    /// <summary>Where they find each other. Default: on this machine.</summary>
    [EnumDataType(typeof(ClusteringProvider))]
    public ClusteringProvider Provider { get; init; }

    /// <summary>Of the database or storage account that <see cref="Provider"/> names. Required for every provider but <see cref="ClusteringProvider.Localhost"/>.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>Which silos belong together: another id for every deployment that shares the tables. 1 to 150 characters. Default: <c>customer-service</c>.</summary>
    [Required, StringLength(150, MinimumLength = 1)]
    public string ClusterId { get; init; } = "customer-service";

    /// <summary>Whose states and reminders they are: stays the same over the product's life. 1 to 150 characters. Default: <c>customer-service</c>.</summary>
    [Required, StringLength(150, MinimumLength = 1)]
    public string ServiceId { get; init; } = "customer-service";

    /// <summary>Where silos talk to a silo. Default: 11111.</summary>
    [Range(1, 65535)]
    public int SiloPort { get; init; } = 11111;

    /// <summary>Where Gateways and Dashboards talk to a silo. Default: 30000.</summary>
    [Range(1, 65535)]
    public int GatewayPort { get; init; } = 30000;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Provider != ClusteringProvider.Localhost && string.IsNullOrWhiteSpace(ConnectionString))
            yield return new($"Clustering:ConnectionString is missing: Clustering:Provider={Provider} needs one.", [nameof(ConnectionString)]);
        if (SiloPort == GatewayPort)
            yield return new("Clustering:SiloPort and Clustering:GatewayPort are the same; each needs a port of its own.", [nameof(SiloPort), nameof(GatewayPort)]);
    }
}

[OptionsValidator]
internal sealed partial class ClusteringOptionsValidator : IValidateOptions<ClusteringOptions>;
