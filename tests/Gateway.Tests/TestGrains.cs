using CustomerService.Agents;
using CustomerService.Conversations;
using CustomerService.Nlu;
using CustomerService.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerService;

/// <summary>The grains' own registrations, as the host makes them.</summary>
internal static class TestGrains
{
    public static void Add(IServiceCollection services) => services.AddConversations().AddQueues().AddAgents().AddOwnIntents().AddModelSets().AddOwnEntities();
}
