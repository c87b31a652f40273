using CustomerService.Agents;
using CustomerService.Contacts;
using CustomerService.Inboxes;
using CustomerService.Tenancy;

namespace CustomerService.Simulation.Workload;

/// <summary>Who works for the simulated tenant.</summary>
internal static class Staff
{
    public static TenantId Tenant { get; } = TenantId.Parse("quillmere");

    public static ImmutableArray<AgentProfile> All { get; } =
    [
        new(AgentId.Parse("ada"), "Ada", AgentRole.Agent),
        new(AgentId.Parse("ben"), "Ben", AgentRole.Agent),
        new(AgentId.Parse("sue"), "Sue", AgentRole.Supervisor),
    ];

    public static IReadOnlyDictionary<string, AgentRole> Roles { get; } = All.ToDictionary(agent => agent.Id.Value, agent => agent.Role);

    public static ContactChannelKey Channel(string address) => new(Tenant, InboxId.Parse("web"), address);
}
