using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;

namespace Orleans.TestingHost;

/// <summary>A test cluster in one line.</summary>
/// <example>
/// <code>
/// await using var cluster = await TestCluster.StartAsync(silo => silo.AddMemoryGrainStorageAsDefault());
/// var grain = cluster.Client.GetGrain&lt;IConversationGrain&gt;("tenant/1");
/// </code>
/// With a clock that only the test moves, and with services of the test's own:
/// <code>
/// var clock = new ManualClock();
/// await using var cluster = await TestCluster.StartAsync(silo =>
/// {
///     silo.Services.AddSingleton&lt;TimeProvider&gt;(clock);
///     silo.Services.AddSingleton&lt;IMailer, FakeMailer&gt;();
/// });
/// clock.Advance(TimeSpan.FromMinutes(16));
/// </code>
/// </example>
public static class TestCluster
{
    public static async Task<InProcessTestCluster> StartAsync(Action<ISiloBuilder>? configure = null)
    {
        var cluster = new InProcessTestClusterBuilder().ConfigureSilo((_, silo) => configure?.Invoke(silo)).Build();
        await cluster.DeployAsync();
        return cluster;
    }
}
