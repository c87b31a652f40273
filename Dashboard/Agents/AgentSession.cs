using System.Security.Claims;
using CustomerService.Tenancy;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CustomerService.Agents;

/// <summary>A signed-in agent, as claims in the cookie.</summary>
internal static class AgentSession
{
    private const string MustChange = "must_change_password";

    public static ClaimsPrincipal Write(AgentProfile agent) => new(new ClaimsIdentity(
        [
            new(ClaimTypes.NameIdentifier, agent.Id.Value), new(ClaimTypes.Name, agent.Name), new(ClaimTypes.Role, agent.Role.ToString()),
            new(MustChange, agent.MustChangePassword ? "true" : "false"),
        ],
        DeskPolicies.Scheme));

    /// <returns>The agent; null when nobody is signed in.</returns>
    public static AgentProfile? Read(ClaimsPrincipal principal) =>
        principal.Identity is { IsAuthenticated: true, AuthenticationType: DeskPolicies.Scheme }
        && AgentId.TryParse(principal.FindFirstValue(ClaimTypes.NameIdentifier), null, out var id)
        && Enum.TryParse<AgentRole>(principal.FindFirstValue(ClaimTypes.Role), out var role)
            ? new(id, principal.FindFirstValue(ClaimTypes.Name) ?? id.Value, role, principal.FindFirstValue(MustChange) == "true")
            : null;

    public static IAgentDirectoryGrain Directory(this IGrainFactory grains, IOptions<TenancyOptions> tenancy) =>
        grains.GetGrain<IAgentDirectoryGrain>(tenancy.Value.TenantId.Value);

    /// <summary>Every request: a disabled agent is out, a changed role counts at once.</summary>
    public static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var services = context.HttpContext.RequestServices;
        var directory = services.GetRequiredService<IGrainFactory>().Directory(services.GetRequiredService<IOptions<TenancyOptions>>());
        var claimed = context.Principal is { } principal ? Read(principal) : null;
        var known = claimed is null ? null : (await directory.GetAsync(claimed.Id, context.HttpContext.RequestAborted)).Value;
        if (known is null or { IsDisabled: true })
        {
            context.RejectPrincipal();
            await context.HttpContext.SignOutAsync(DeskPolicies.Scheme);
        }
        else if (known != claimed)
        {
            context.ReplacePrincipal(Write(known));
            context.ShouldRenew = true;
        }
    }
}
