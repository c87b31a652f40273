using CustomerService.Tenancy;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Agents;

/// <summary>An open page outlives its request: it asks again whether its agent may still be there, and in the same role.</summary>
internal sealed class AgentAuthenticationState(
    ILoggerFactory loggers, IGrainFactory grains, IOptions<TenancyOptions> tenancy, IOptions<DashboardOptions> options) : RevalidatingServerAuthenticationStateProvider(loggers)
{
    protected override TimeSpan RevalidationInterval => options.Value.SessionCheckInterval;

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        AgentSession.Read(authenticationState.User) is not { } claimed
        || (await grains.Directory(tenancy).GetAsync(claimed.Id, cancellationToken)).Value == claimed;
}
