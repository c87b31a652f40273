using CustomerService.Tenancy;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Agents;

/// <summary>Once the host listens: makes the first administrator and prints the one-time password. On the console only, so that no log keeps it.</summary>
internal sealed partial class FirstRun(
    IGrainFactory grains, IOptions<TenancyOptions> tenancy, IServer server, IHostApplicationLifetime lifetime, ILogger<FirstRun> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var onStarted = lifetime.ApplicationStarted.Register(started.SetResult);
        using var onStopped = stoppingToken.Register(() => started.TrySetCanceled(stoppingToken));
        try
        {
            await started.Task;
            await PrintAsync(stoppingToken);
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested) { /* stopped before it began */ }
        catch (Exception fault)
        {
            LogFailed(fault);
        }
    }

    private async Task PrintAsync(CancellationToken cancellationToken)
    {
        var password = await grains.Directory(tenancy).StartFirstRunAsync(cancellationToken);
        if (password is null)
            return;

        var address = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? "";
        await Console.Out.WriteLineAsync($"Sign in at {address}/desk as admin with {password}");
    }

    [LoggerMessage(LogLevel.Error, "The first administrator could not be made; restart to try again")]
    private partial void LogFailed(Exception fault);
}
