using CustomerService.Tenancy;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Agents;

/// <summary>Once the host listens: makes the first administrator and prints the one-time password. On the console only, so that no log keeps it.</summary>
internal sealed partial class FirstRun(IGrainFactory grains, IOptions<TenancyOptions> tenancy, IServer server, ILogger<FirstRun> logger) : IHostedLifecycleService
{
    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (await grains.Directory(tenancy).StartFirstRunAsync(cancellationToken) is { } password)
                await Console.Out.WriteLineAsync($"Sign in at {server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault()}/desk as admin with {password}");
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // The desk serves those who can sign in already; a restart tries again.
            LogFailed(fault);
        }
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    [LoggerMessage(LogLevel.Error, "The first administrator could not be made; restart to try again")]
    private partial void LogFailed(Exception fault);
}
