using CustomerService.Tenancy;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

/// <summary>Prepares the active version beside the start, so that after a restart the first messages need not wait for somebody to write one.</summary>
internal sealed class OwnIntentsWarmUp(OwnIntentModels models, IOptions<TenancyOptions> tenancy, IHostApplicationLifetime? lifetime = null) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (lifetime is null)
            _ = models.RefreshAsync(tenancy.Value.TenantId);
        else
            lifetime.ApplicationStarted.Register(() => _ = models.RefreshAsync(tenancy.Value.TenantId));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
