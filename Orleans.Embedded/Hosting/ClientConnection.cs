using System.Collections.Immutable;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Engine;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>A client's way to the silo of its cluster, which in this engine is in the same process.</summary>
internal sealed class ClientConnection(IOptions<ClusterOptions> options) : IHostedService
{
    // Weakly: a host that was dropped without being stopped must not be kept.
    private static ImmutableList<Running> s_running = [];

    private Cluster? _cluster;

    public Cluster Cluster => _cluster ??= Find();

    public static void Open(ClusterOptions options, Cluster cluster) => ImmutableInterlocked.Update(
        ref s_running, static (running, one) => running.RemoveAll(other => other.Cluster is null).Insert(0, one), new Running(options.ClusterId, options.ServiceId, new(cluster)));

    public static void Close(Cluster cluster) =>
        ImmutableInterlocked.Update(ref s_running, static (running, one) => running.RemoveAll(other => other.Cluster == one), cluster);

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _cluster = Find();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Cluster Find()
    {
        var (clusterId, serviceId) = (options.Value.ClusterId, options.Value.ServiceId);
        return s_running.Find(running => running.ClusterId == clusterId && running.ServiceId == serviceId)?.Cluster
            ?? throw new SiloUnavailableException($"No silo of cluster {clusterId}, service {serviceId} runs in this process: the embedded engine has no network.");
    }

    private sealed record Running(string ClusterId, string ServiceId, WeakReference<Cluster> Reference)
    {
        public Cluster? Cluster => Reference.TryGetTarget(out var cluster) ? cluster : null;
    }
}

internal static class ClientServices
{
    /// <summary>The engine of this host, or the one that this host is a client of.</summary>
    public static Cluster FindCluster(this IServiceProvider services) =>
        services.GetService<Cluster>() ?? services.GetRequiredService<ClientConnection>().Cluster;
}
