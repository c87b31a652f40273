using Microsoft.AspNetCore.Cors.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace CustomerService.Channels.WebChat;

internal static class WebChatServices
{
    public static IServiceCollection AddWebChat(this IServiceCollection services)
    {
        services.AddOptions<WebChatOptions>().BindConfiguration("Gateway:WebChat").ValidateOnStart();
        services.AddSingleton<IValidateOptions<WebChatOptions>, WebChatOptionsValidator>();
        services.AddCors().AddSingleton<ICorsPolicyProvider, WebChatCors>();
        services.AddSingleton<Origins>().AddSingleton<VisitorSecrets>().AddSingleton<IdentityTokens>().AddSingleton<ChatTokens>();
        services.AddSingleton<SessionLimiter>().AddSingleton<ChatSessions>();
        services.AddSingleton<Visitors>().AddSingleton<ChatServices>().AddSingleton<ChatSockets>();
        return services.AddHostedService(provider => provider.GetRequiredService<ChatSockets>());
    }
}
