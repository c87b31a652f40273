using CustomerService.Agents;
using CustomerService.Conversations;
using CustomerService.Nlu;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Orleans.Providers;
using Orleans.Storage;

namespace CustomerService.Storage;

/// <summary>Registers where everything is kept.</summary>
internal static class StorageServices
{
    public static IServiceCollection AddStorage(this IServiceCollection services)
    {
        services.AddOptions<StorageOptions>().BindConfiguration("Storage").ValidateOnStart();
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsValidator>();
        services.AddOptions<IntentOptions>().PostConfigure<IOptions<StorageOptions>>((intents, storage) => intents.Cache ??= storage.Value.Beside("intents"));
        services.AddSingleton<SqliteFile>().AddSingleton<SqliteProjections>().AddSingleton<SqliteWriter>().AddSingleton<SqliteGrainStorage>();
        services.AddSingleton<IConversationJournal, SqliteJournal>();
        // A cluster keeps the grains' own states and reminders in its database instead.
        foreach (var name in new[] { ProviderConstants.DEFAULT_STORAGE_PROVIDER_NAME, ProviderConstants.DEFAULT_PUBSUB_PROVIDER_NAME, AgentServices.Storage })
            services.TryAddKeyedSingleton<IGrainStorage>(name, (provider, _) => provider.GetRequiredService<SqliteGrainStorage>());
        // For Orleans the default has no key.
        services.TryAddSingleton<IGrainStorage>(provider => provider.GetRequiredService<SqliteGrainStorage>());
        services.TryAddSingleton<IReminderTable, SqliteReminderTable>();
        services.AddHealthChecks().AddCheck<StorageHealth>("storage", tags: ["ready"]);
        return services;
    }
}
