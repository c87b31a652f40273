using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace CustomerService.Conformance.Hosting;

public interface IServiceGrain : IGrainWithGuidKey
{
    Task<string> DescribeAsync();

    Task<bool> IsScopeSharedAsync();
}

public sealed class Greeting(string text)
{
    public string Text => text;
}

public sealed class Scoped : IDisposable
{
    public bool IsDisposed { get; private set; }

    public void Dispose() => IsDisposed = true;
}

/// <summary>A grain without Orleans' base class.</summary>
[GrainType("service-grain")]
public sealed class ServiceGrain(IGrainContext context, Greeting greeting, [FromKeyedServices("other")] Greeting other, Scoped scoped, Uri? missing = null)
    : IGrainBase, IServiceGrain
{
    public IGrainContext GrainContext => context;

    public Task<string> DescribeAsync() => Task.FromResult($"{greeting.Text} {other.Text} {missing?.ToString() ?? "none"} {context.GrainId.Type} {context.GrainId.GetGuidKey()}");

    public Task<bool> IsScopeSharedAsync() => Task.FromResult(ReferenceEquals(scoped, context.ActivationServices.GetRequiredService<Scoped>()));
}

public sealed class HostingTests
{
    private const string NameInFigures = "CustomerService.Conformance.Hosting.ServiceGrain,Engine.Conformance";

    [Fact]
    public async Task A_grain_gets_services_keyed_services_and_its_context_from_the_host()
    {
        await using var cluster = await StartAsync();
        var key = Guid.NewGuid();
        var grain = cluster.Client.GetGrain<IServiceGrain>(key);

        Assert.Equal($"hello other none service-grain {key}", await grain.DescribeAsync());
        Assert.True(await grain.IsScopeSharedAsync());
    }

    [Fact]
    public async Task The_management_grain_counts_and_collects()
    {
        await using var cluster = await StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 7).Select(_ => cluster.Client.GetGrain<IServiceGrain>(Guid.NewGuid()).DescribeAsync()));
        var management = cluster.Client.GetGrain<IManagementGrain>(0);

        var statistics = await management.GetSimpleGrainStatistics();
        Assert.Equal(7, statistics.Single(one => one.GrainType == NameInFigures).ActivationCount);
        Assert.Equal(7, (await management.GetActiveGrains(GrainType.Create("service-grain"))).Count);

        await management.ForceActivationCollection(TimeSpan.Zero);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var look = 0; look < 500 && await CountAsync() > 0; look++)
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, await CountAsync());

        async Task<int> CountAsync() => (await management.GetActiveGrains(GrainType.Create("service-grain"))).Count;
    }

    [Fact]
    public async Task The_management_grain_names_every_activation()
    {
        await using var cluster = await StartAsync();
        var (one, other) = (cluster.Client.GetGrain<IServiceGrain>(Guid.NewGuid()), cluster.Client.GetGrain<IServiceGrain>(Guid.NewGuid()));
        await one.DescribeAsync();
        var management = cluster.Client.GetGrain<IManagementGrain>(0);

        var only = Assert.Single(await management.GetDetailedGrainStatistics([NameInFigures]));

        Assert.Equal(one.GetGrainId(), only.GrainId);
        Assert.Equal(1, await management.GetGrainActivationCount((GrainReference)one));
        Assert.Equal(0, await management.GetGrainActivationCount((GrainReference)other));
    }

    [Fact]
    public async Task A_web_or_generic_host_has_the_factory_and_runs_startup_tasks()
    {
        var started = false;
        using var host = Host.CreateDefaultBuilder().UseOrleans(silo => silo.UseLocalhostClustering().AddStartupTask((services, _) =>
        {
            started = services.GetRequiredService<IGrainFactory>() is not null;
            return Task.CompletedTask;
        })).Build();

        await host.StartAsync(TestContext.Current.CancellationToken);

        Assert.True(started);
        Assert.Equal(host.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0), host.Services.GetRequiredService<IClusterClient>().GetGrain<IManagementGrain>(0));
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_grain_can_be_found_by_its_identity()
    {
        await using var cluster = await StartAsync();
        var grain = cluster.Client.GetGrain<IServiceGrain>(Guid.NewGuid());

        var id = GrainId.Parse(grain.GetGrainId().ToString());

        Assert.Equal(grain, cluster.Client.GetGrain<IServiceGrain>(id));
        Assert.Equal(grain, cluster.Client.GetGrain(id));
    }

    [Theory, InlineData(0), InlineData(long.MaxValue), InlineData(-5)]
    public async Task Integer_and_compound_keys_come_back_as_they_went(long key)
    {
        await using var cluster = await Clusters.StartAsync();

        Assert.Equal(key, cluster.Client.GetGrain<IManagementGrain>(key).GetPrimaryKeyLong());
        var id = GrainId.Create(GrainType.Create("x"), GrainIdKeyExtensions.CreateIntegerKey(key, "more+text"));
        Assert.Equal(key, id.GetIntegerKey(out var extension));
        Assert.Equal("more+text", extension);
    }

    private static Task<InProcessTestCluster> StartAsync() => Clusters.StartAsync(silo =>
    {
        silo.Services.AddSingleton(new Greeting("hello")).AddScoped<Scoped>();
        silo.Services.AddKeyedSingleton("other", new Greeting("other"));
    });
}
