using CustomerService.Nlu.Intents;

namespace CustomerService.Nlu.Sets;

public sealed class OwnIntentsOnSetsTests(IntentCluster cluster) : IClassFixture<IntentCluster>, IDisposable
{
    private readonly SetFolder _sets = new();

    public void Dispose()
    {
        cluster.Models.Put(cluster.Models.BuiltIn);
        _sets.Dispose();
    }

    [Fact]
    public async Task Own_intents_are_prepared_again_for_another_encoder_and_never_asked_with_vectors_of_one_they_do_not_know()
    {
        var tenant = IntentCluster.NewTenantId();
        await cluster.Tenant(tenant).AddAsync(IntentCluster.Garden);
        await IntentCluster.TrainAsync(cluster.Tenant(tenant));
        await cluster.Tenant(tenant).ActivateAsync(1);
        await IntentCluster.UntilAsync(cluster.Tenant(tenant), status => status.Ready == 1);

        var set = ModelSetLoader.Load(_sets.AddWithEncoder("other"), cluster.Models.BuiltIn).ValueOrThrow();
        cluster.Models.Put(set);
        var before = await AnalyzeAsync(tenant);
        await cluster.OwnModels.RefreshAsync(tenant);
        var after = await AnalyzeAsync(tenant);
        cluster.Models.Put(cluster.Models.BuiltIn);
        await cluster.OwnModels.RefreshAsync(tenant);
        var back = await AnalyzeAsync(tenant);

        Assert.NotEqual(cluster.Models.BuiltIn.Encoder.Hash, set.Encoder.Hash);
        Assert.DoesNotContain(before.Intents, intent => intent.Intent == "book_mowing");
        Assert.Equal("book_mowing", after.Intents[0].Intent);
        Assert.Equal("book_mowing", back.Intents[0].Intent);
    }

    private Task<Analysis> AnalyzeAsync(Tenancy.TenantId tenant) =>
        cluster.Grains.GetGrain<INluGrain>(INluGrain.Key).AnalyzeAsync(new("Please mow my lawn on Friday", DateTimeOffset.UnixEpoch, null, tenant));
}
