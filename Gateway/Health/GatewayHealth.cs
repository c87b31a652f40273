using System.Text.Json;
using CustomerService.Agents;
using CustomerService.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;

namespace CustomerService.Health;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: grains answer, and so does what the host registered with the tag <c>ready</c>.</summary>
internal static class GatewayHealth
{
    private const string Ready = "ready";

    public static IServiceCollection AddGatewayHealth(this IServiceCollection services)
    {
        services.AddHealthChecks().AddCheck<GrainsHealth>("grains", tags: [Ready], timeout: TimeSpan.FromSeconds(2));
        return services;
    }

    public static void MapGatewayHealth(this IEndpointRouteBuilder routes)
    {
        routes.MapHealthChecks("/health/live", new() { Predicate = _ => false, ResponseWriter = WriteAsync });
        routes.MapHealthChecks("/health/ready", new() { Predicate = check => check.Tags.Contains(Ready), ResponseWriter = WriteAsync });
    }

    private static Task WriteAsync(HttpContext context, HealthReport report) => context.Response.WriteAsJsonAsync(
        new HealthAnswer(Name(report.Status), report.Entries.ToImmutableSortedDictionary(entry => entry.Key, entry => new HealthPart(Name(entry.Value.Status), entry.Value.Description))),
        JsonSerializerOptions.Web);

    private static string Name(HealthStatus status) => status.ToString().ToLowerInvariant();

    private sealed record HealthAnswer(string Status, ImmutableSortedDictionary<string, HealthPart> Checks);

    private sealed record HealthPart(string Status, string? Description);
}

/// <summary>Asks a grain that has state of its own.</summary>
internal sealed class GrainsHealth(IGrainFactory grains, IOptions<TenancyOptions> tenancy) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            await grains.GetGrain<IAgentDirectoryGrain>(tenancy.Value.Tenant).ListAsync(cancellationToken);
            return HealthCheckResult.Healthy();
        }
        // A check's edge: whatever fails is the answer.
        catch (Exception fault)
        {
            return HealthCheckResult.Unhealthy("Grains do not answer.", fault);
        }
    }
}
