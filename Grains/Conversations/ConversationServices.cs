using CustomerService.Contacts;
using CustomerService.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CustomerService.Conversations;

/// <summary>Registers the area.</summary>
internal static class ConversationServices
{
    /// <summary>Conversations, kept in memory unless the host has registered another journal.</summary>
    public static IServiceCollection AddConversations(this IServiceCollection services)
    {
        services.AddOptions<ConversationOptions>().BindConfiguration("Conversations").ValidateOnStart();
        services.AddSingleton<IValidateOptions<ConversationOptions>, ConversationOptionsValidator>();
        services.AddOptions<TenancyOptions>();
        services.TryAddSingleton<IConversationJournal, MemoryJournal>();
        services.TryAddSingleton<NewId>(Guid.CreateVersion7);
        services.AddHostedService<OutboxResumer>();
        return services;
    }
}
