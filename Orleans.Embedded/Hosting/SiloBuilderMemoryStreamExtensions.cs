using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Engine;
using Orleans.Streams;

namespace Orleans.Hosting;

public static class SiloBuilderMemoryStreamExtensions
{
    public static ISiloBuilder AddMemoryStreams(this ISiloBuilder builder, string name)
    {
        builder.Services.TryAddMemoryStreams(name);
        return builder;
    }

    internal static void TryAddMemoryStreams(this IServiceCollection services, string name) =>
        services.TryAddKeyedSingleton<IStreamProvider>(name, static (services, key) => new MemoryStreamProvider(services.FindCluster(), (string)key!));
}

public static class ClientBuilderStreamingExtensions
{
    public static IClientBuilder AddMemoryStreams(this IClientBuilder builder, string name)
    {
        builder.Services.TryAddMemoryStreams(name);
        return builder;
    }
}
