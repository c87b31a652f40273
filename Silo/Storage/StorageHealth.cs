using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CustomerService.Storage;

/// <summary>Healthy while a commit succeeds.</summary>
internal sealed class StorageHealth(SqliteWriter writer) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        await writer.RunAsync(() => true).WaitAsync(cancellationToken);
        return HealthCheckResult.Healthy();
    }
}
