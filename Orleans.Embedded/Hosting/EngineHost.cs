using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Engine;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Ties the engine's life to the host's: a graceful stop deactivates every grain.</summary>
internal sealed class EngineHost(Cluster cluster, IEnumerable<StartupTask> startupTasks, IServiceProvider services, IOptions<ClusterOptions> options) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        ClientConnection.Open(options.Value, cluster);
        foreach (var task in startupTasks.OrderBy(task => task.Stage))
            await task.Run(services, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        ClientConnection.Close(cluster);
        return cluster.StopAsync(cancellationToken);
    }
}

internal sealed record StartupTask(int Stage, Func<IServiceProvider, CancellationToken, Task> Run);

internal sealed class GrainContextAccessor : IGrainContextAccessor
{
    public IGrainContext GrainContext => RuntimeContext.Current!;
}
