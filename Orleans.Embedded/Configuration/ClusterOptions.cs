namespace Orleans.Configuration;

/// <summary>Names of the cluster and of the service it serves; they tell clusters apart, which one process need not.</summary>
public class ClusterOptions
{
    public string ClusterId { get; set; } = "default";

    public string ServiceId { get; set; } = "default";
}
