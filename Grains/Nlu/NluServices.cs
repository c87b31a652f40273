using CustomerService.Tenancy;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

/// <summary>Registers understanding: the only place that does.</summary>
public static class NluServices
{
    /// <summary>Adds the models, which are read before the host has started, and what <c>NluGrain</c> needs.</summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configuration">Section <c>Nlu</c> is read.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddNlu(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddOptions<NluOptions>().Bind(configuration.GetSection("Nlu")).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<NluOptions>, NluOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        AddBuiltInModels(services);
        services.AddSingleton<SentenceBatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<SentenceBatcher>());
        services.AddSingleton<Understanding>();
        services.AddHostedService<WarmUp>();
        return services;
    }

    /// <summary>Adds tenants' own intents to what <see cref="AddNlu"/> added; configuration section <c>Intents</c>. Needs the engine.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddOwnIntents(this IServiceCollection services)
    {
        services.AddOptions<IntentOptions>().BindConfiguration("Intents").ValidateOnStart();
        services.AddSingleton<IValidateOptions<IntentOptions>, IntentOptionsValidator>();
        services.TryAddSingleton(TimeProvider.System);
        AddBuiltInModels(services);
        services.TryAddSingleton<IntentTrainings>();
        services.AddSingleton<IntentModelCache>().AddSingleton<OwnIntentModels>();
        services.AddSingleton<UnsureMessages>().AddHostedService(provider => provider.GetRequiredService<UnsureMessages>());
        services.AddOptions<TenancyOptions>();
        return services.AddHostedService<OwnIntentsWarmUp>();
    }

    /// <summary>Adds tenants' own entities to what <see cref="AddNlu"/> added. Needs the engine.</summary>
    /// <param name="services">The host's services.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddOwnEntities(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        AddBuiltInModels(services);
        services.AddOptions<NluOptions>();
        services.AddOptions<TenancyOptions>();
        return services.AddSingleton<OwnEntitiesInUse>().AddHostedService<OwnEntitiesWarmUp>();
    }

    /// <summary>Adds the choice between the built-in models and others; needs the engine.</summary>
    /// <param name="services">The host's services; configuration section <c>Nlu</c> is read.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddModelSets(this IServiceCollection services)
    {
        services.AddOptions<NluOptions>().BindConfiguration("Nlu").ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<NluOptions>, NluOptionsValidator>());
        services.TryAddSingleton(TimeProvider.System);
        AddBuiltInModels(services);
        services.AddSingleton<ModelDirectory>();
        return services.AddSingleton<ModelSwitch>().AddHostedService(provider => provider.GetRequiredService<ModelSwitch>());
    }

    // Each is read when it is needed first.
    private static void AddBuiltInModels(IServiceCollection services)
    {
        services.TryAddSingleton(_ => ModelFolder.BesideProgram.Understanding());
        services.TryAddSingleton(_ => new TunedEncoder(ModelFolder.BesideProgram));
        services.TryAddSingleton(_ => new SentenceEncoder(ModelFolder.BesideProgram));
        services.TryAddSingleton(provider => new Lazy<UnderstandingModels>(provider.GetRequiredService<UnderstandingModels>));
        services.TryAddSingleton(provider => new Lazy<TunedEncoder>(provider.GetRequiredService<TunedEncoder>));
        services.TryAddSingleton(provider => new Lazy<SentenceEncoder>(provider.GetRequiredService<SentenceEncoder>));
        services.TryAddSingleton(provider => new CurrentModels(new ModelSet(
            ModelSet.BuiltInVersion, provider.GetRequiredService<Lazy<UnderstandingModels>>(), provider.GetRequiredService<Lazy<TunedEncoder>>(), ownsEncoder: false)));
    }
}
