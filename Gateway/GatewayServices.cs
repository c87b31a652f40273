using CustomerService.Api;
using CustomerService.Channels.WebChat;
using CustomerService.Clients;
using CustomerService.Conversations;
using CustomerService.Health;
using CustomerService.Inboxes;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CustomerService;

/// <summary>Registers the doors of the platform.</summary>
public static class GatewayServices
{
    /// <summary>Adds channels, API, health and the serving of the clients. The host registers <see cref="IGrainFactory"/>, <see cref="Tenancy.TenancyOptions"/> and the stores' health checks.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The same.</returns>
    public static IServiceCollection AddGateway(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<GatewayOptions>().BindConfiguration("Gateway").ValidateOnStart();
        services.AddSingleton<IValidateOptions<GatewayOptions>, GatewayOptionsValidator>();
        services.AddSingleton<KeyFolder>().AddTransient<IStartupFilter, SecurityHeaders>();
        return services.AddInboxes().AddApi().AddChannels().AddClients().AddGatewayHealth();
    }

    private static IServiceCollection AddChannels(this IServiceCollection services) => services.AddWebChat();

    private static IServiceCollection AddInboxes(this IServiceCollection services)
    {
        services.AddOptions<InboxesOptions>().Configure<IConfiguration>((options, configuration) => configuration.GetSection("Inboxes").Bind(options.All)).ValidateOnStart();
        services.AddSingleton<InboxOptionsValidator>();
        return services.AddSingleton<IValidateOptions<InboxesOptions>, InboxesOptionsValidator>();
    }

    private static IServiceCollection AddApi(this IServiceCollection services)
    {
        services.AddAuthentication().AddScheme<AuthenticationSchemeOptions, ApiAuthentication>(ApiAuthentication.SchemeName, null);
        services.AddAuthorization(ApiPolicies.Add);
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options => ApiJson.Configure(options.SerializerOptions));
        services.AddApiDescription();
        services.AddSingleton(provider => new ApiKeys(provider.GetRequiredService<IOptions<GatewayOptions>>(), provider.GetRequiredService<KeyFolder>(), provider.GetRequiredService<TimeProvider>()));
        return services.AddSingleton<IdempotencyKeys>().AddSingleton<ConversationList>().AddSingleton<Conversations.Conversations>();
    }
}
