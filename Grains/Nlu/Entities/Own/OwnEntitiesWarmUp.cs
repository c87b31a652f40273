using CustomerService.Tenancy;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

/// <summary>Reads the tenant's own entities when the host has started, so that the first message need not wait for them.</summary>
internal sealed class OwnEntitiesWarmUp(OwnEntitiesInUse inUse, IOptions<TenancyOptions> tenancy, IHostApplicationLifetime? lifetime = null) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (lifetime is null)
            _ = inUse.RefreshAsync(tenancy.Value.TenantId);
        else
            lifetime.ApplicationStarted.Register(() => _ = inUse.RefreshAsync(tenancy.Value.TenantId));
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
