using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;

namespace Orleans.TestingHost;

/// <summary>A host with the engine in it, for tests; the names are those of Orleans' own testing host.</summary>
public sealed class InProcessTestCluster : IAsyncDisposable, IDisposable
{
    private readonly IHost _host;

    internal InProcessTestCluster(IHost host) => _host = host;

    /// <summary>Calls grains from outside; the whole container is at <see cref="IClusterClient.ServiceProvider"/>.</summary>
    public IClusterClient Client => _host.Services.GetRequiredService<IClusterClient>();

    /// <summary>The container of the silo; in one process the client's is the same.</summary>
    public IServiceProvider GetSiloServiceProvider() => _host.Services;

    public Task DeployAsync() => _host.StartAsync();

    /// <summary>Stops gracefully: every activation is deactivated.</summary>
    public Task StopAllSilosAsync() => _host.StopAsync();

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
        else
            _host.Dispose();
    }

    public void Dispose() => _host.Dispose();
}

/// <summary>Builds an <see cref="InProcessTestCluster"/>.</summary>
public sealed class InProcessTestClusterBuilder
{
    private readonly HostApplicationBuilder _builder = Host.CreateEmptyApplicationBuilder(new() { EnvironmentName = Environments.Development });

    public InProcessTestClusterBuilder() : this(1)
    {
    }

    /// <param name="initialSilosCount">One: the embedded engine has no second silo.</param>
    public InProcessTestClusterBuilder(short initialSilosCount) => ArgumentOutOfRangeException.ThrowIfNotEqual(initialSilosCount, (short)1);

    public InProcessTestClusterBuilder ConfigureHost(Action<IHostApplicationBuilder> configureHostDelegate)
    {
        configureHostDelegate(_builder);
        return this;
    }

    public InProcessTestClusterBuilder ConfigureSilo(Action<InProcessTestSiloSpecificOptions, ISiloBuilder> configureSiloDelegate)
    {
        _builder.UseOrleans(silo => configureSiloDelegate(new(), silo));
        return this;
    }

    /// <summary>Configures the client, which in one process shares the silo's container.</summary>
    public InProcessTestClusterBuilder ConfigureClient(Action<IClientBuilder> configureClientDelegate)
    {
        configureClientDelegate(new ClientBuilder(_builder.Services, _builder.Configuration));
        return this;
    }

    public InProcessTestCluster Build()
    {
        _builder.UseOrleans();
        return new(_builder.Build());
    }
}

/// <summary>What differs between the silos of a test cluster.</summary>
public sealed class InProcessTestSiloSpecificOptions
{
    public string SiloName { get; init; } = "Silo0";
}
