using Microsoft.Extensions.DependencyInjection;
using Orleans.Engine;
using Orleans.Streams;

namespace Orleans.Hosting;

public static class SiloBuilderMemoryStreamExtensions
{
    public static ISiloBuilder AddMemoryStreams(this ISiloBuilder builder, string name)
    {
        builder.Services.AddKeyedSingleton<IStreamProvider>(name, static (services, key) => new MemoryStreamProvider(services.GetRequiredService<Cluster>(), (string)key!));
        return builder;
    }
}
