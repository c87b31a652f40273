using Microsoft.Extensions.Hosting;
using Orleans.Engine;
using Orleans.Runtime;

namespace Orleans.Hosting;

/// <summary>Ties the engine's life to the host's: a graceful stop deactivates every grain.</summary>
internal sealed class EngineHost(Cluster cluster, IEnumerable<StartupTask> startupTasks, IServiceProvider services) : IHostedService
{
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        foreach (var task in startupTasks.OrderBy(task => task.Stage))
            await task.Run(services, cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => cluster.StopAsync(cancellationToken);
}

internal sealed record StartupTask(int Stage, Func<IServiceProvider, CancellationToken, Task> Run);

internal sealed class GrainContextAccessor : IGrainContextAccessor
{
    public IGrainContext GrainContext => RuntimeContext.Current!;
}
