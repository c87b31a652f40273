using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CustomerService.Routing;

/// <summary>Registers the area.</summary>
internal static class RoutingServices
{
    public static IServiceCollection AddQueues(this IServiceCollection services)
    {
        services.AddOptions<RoutingOptions>().BindConfiguration("Routing").ValidateOnStart();
        return services.AddSingleton<IValidateOptions<RoutingOptions>, RoutingOptionsValidator>();
    }
}
