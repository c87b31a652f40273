using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CustomerService.Agents;

/// <summary>Registers the area Agents.</summary>
public static class AgentServices
{
    /// <summary>The grain storage that the people are kept in.</summary>
    public const string Storage = "agents";

    /// <summary>Adds what <see cref="IAgentDirectoryGrain"/> needs; configuration section <c>Agents</c>.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddAgents(this IServiceCollection services)
    {
        services.AddOptions<AgentOptions>().BindConfiguration("Agents").ValidateOnStart();
        services.AddSingleton<IValidateOptions<AgentOptions>, AgentOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Passwords>();
        return services;
    }
}
