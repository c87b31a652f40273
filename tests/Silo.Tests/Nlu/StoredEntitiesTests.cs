using CustomerService.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Orleans.TestingHost;

namespace CustomerService.Nlu;

public sealed class StoredEntitiesTests : IDisposable
{
    private readonly TemporaryStorage _temporary = new();

    [Fact(Timeout = 60_000)]
    public async Task A_tenants_own_entities_are_there_after_a_restart_and_their_version_goes_on()
    {
        OwnEntity policy = new("policy_number", "KV-[0-9]{4}", [new("none yet", ["no policy"])], IsPersonal: true);
        await using (var cluster = await StartAsync())
            (await Tenant(cluster).ReplaceAsync(0, [policy])).ValueOrThrow();

        _temporary.Close();
        await using var again = await StartAsync();
        var stored = await Tenant(again).GetAsync(TestContext.Current.CancellationToken);

        Assert.Equal(("policy_number", "KV-[0-9]{4}", true), (stored.Entities.Single().Name, stored.Entities[0].Pattern, stored.Entities[0].IsPersonal));
        Assert.Equal(("none yet", "no policy"), (stored.Entities[0].Values.Single().Value, stored.Entities[0].Values[0].Forms.Single()));
        Assert.Equal(2, (await Tenant(again).ReplaceAsync(stored.Version, [])).ValueOrThrow().Version);
    }

    public void Dispose() => _temporary.Dispose();

    private static IOwnEntitiesGrain Tenant(InProcessTestCluster cluster) => cluster.Client.GetGrain<IOwnEntitiesGrain>("insurer");

    private Task<InProcessTestCluster> StartAsync()
    {
        _temporary.Open();
        var storage = _temporary.GrainStorage();
        return SiloCluster.StartAsync(silo =>
        {
            silo.Services.AddKeyedSingleton<IGrainStorage>("Default", storage);
            silo.Services.AddSingleton<IGrainStorage>(storage);
            silo.Services.AddOwnEntities();
        });
    }
}
