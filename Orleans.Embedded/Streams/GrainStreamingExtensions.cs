using Microsoft.Extensions.DependencyInjection;
using Orleans.Streams;

namespace Orleans;

public static class GrainStreamingExtensions
{
    public static IStreamProvider GetStreamProvider(this Grain grain, string name) => GetStreamProvider((IGrainBase)grain, name);

    public static IStreamProvider GetStreamProvider(this IGrainBase grain, string name) => Find(grain.GrainContext.ActivationServices, name);

    internal static IStreamProvider Find(IServiceProvider services, string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return services.GetKeyedService<IStreamProvider>(name) ?? throw new KeyNotFoundException($"Stream provider '{name}' not found");
    }
}

public static class ClientStreamingExtensions
{
    public static IStreamProvider GetStreamProvider(this IClusterClient client, string name) => GrainStreamingExtensions.Find(client.ServiceProvider, name);
}
