using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans;
using Orleans.Engine;
using Orleans.Hosting;
using Orleans.Runtime;
using Orleans.Statistics;

namespace Microsoft.Extensions.Hosting;

public static class OrleansSiloGenericHostExtensions
{
    public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder) => hostAppBuilder.UseOrleans(_ => { });

    public static HostApplicationBuilder UseOrleans(this HostApplicationBuilder hostAppBuilder) => hostAppBuilder.UseOrleans(_ => { });

    public static IHostApplicationBuilder UseOrleans(this IHostApplicationBuilder hostAppBuilder, Action<ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(hostAppBuilder);
        ArgumentNullException.ThrowIfNull(configureDelegate);
        configureDelegate(AddEngine(hostAppBuilder.Services, hostAppBuilder.Configuration));
        return hostAppBuilder;
    }

    public static HostApplicationBuilder UseOrleans(this HostApplicationBuilder hostAppBuilder, Action<ISiloBuilder> configureDelegate)
    {
        ((IHostApplicationBuilder)hostAppBuilder).UseOrleans(configureDelegate);
        return hostAppBuilder;
    }

    public static IHostBuilder UseOrleans(this IHostBuilder hostBuilder, Action<ISiloBuilder> configureDelegate) =>
        hostBuilder.UseOrleans((_, builder) => configureDelegate(builder));

    public static IHostBuilder UseOrleans(this IHostBuilder hostBuilder, Action<HostBuilderContext, ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(hostBuilder);
        ArgumentNullException.ThrowIfNull(configureDelegate);
        return hostBuilder.ConfigureServices((context, services) => configureDelegate(context, AddEngine(services, context.Configuration)));
    }

    public static IServiceCollection AddOrleans(this IServiceCollection services, Action<ISiloBuilder> configureDelegate)
    {
        ArgumentNullException.ThrowIfNull(configureDelegate);
        configureDelegate(AddEngine(services, new ConfigurationBuilder().Build()));
        return services;
    }

    private static SiloBuilder AddEngine(IServiceCollection services, IConfiguration configuration)
    {
        if (services.Any(service => service.ServiceType == typeof(ClientConnection)))
            throw new OrleansConfigurationException("UseOrleans brings a client with it: leave UseOrleansClient out.");

        if (services.All(service => service.ServiceType != typeof(EngineServices)))
        {
            services.AddLogging();
            services.AddOptions();
            services.AddMetrics();
            services.TryAddSingleton(TimeProvider.System);
            services.TryAddSingleton<IEnvironmentStatisticsProvider, EnvironmentStatisticsProvider>();
            services.TryAddSingleton<IWorkScheduler, ThreadPoolScheduler>();
            services.TryAddSingleton<EngineIds>();
            services.AddSingleton(new EngineServices(services));
            services.AddSingleton<Cluster>();
            services.AddSingleton<IClusterClient>(provider => provider.GetRequiredService<Cluster>().Factory);
            services.AddSingleton<IGrainFactory>(provider => provider.GetRequiredService<Cluster>().Factory);
            services.AddSingleton<IGrainContextAccessor, GrainContextAccessor>();
            services.AddHostedService<EngineHost>();
        }

        return new(services, configuration);
    }
}
