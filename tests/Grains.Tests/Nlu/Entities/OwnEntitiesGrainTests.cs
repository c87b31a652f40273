using CustomerService.Knowledge;
using CustomerService.Nlu.Intents;
using CustomerService.Tenancy;

namespace CustomerService.Nlu.Entities;

public sealed class OwnEntitiesGrainTests(IntentCluster cluster) : IClassFixture<IntentCluster>
{
    private static readonly OwnEntity s_policy = new("policy_number", "KV-[0-9]{4}", [], IsPersonal: true);
    private static readonly OwnEntity s_product = new("product", null, [new("Aero 3 Pro", ["a3p"])], IsPersonal: false);
    private readonly TenantId _id = IntentCluster.NewTenantId();

    private IOwnEntitiesGrain Tenant => cluster.Grains.GetGrain<IOwnEntitiesGrain>(_id.Value);

    [Fact]
    public async Task What_is_stored_is_found_in_the_tenants_messages_at_once_and_in_nobody_elses()
    {
        Assert.Empty(await OwnAsync(_id, "Policy KV-1234, about my a3p"));

        (await Tenant.ReplaceAsync(0, [s_policy, s_product])).ValueOrThrow();

        Assert.Equal([("policy_number", "KV-1234"), ("product", "Aero 3 Pro")], await OwnAsync(_id, "Policy KV-1234, about my a3p"));
        Assert.Empty(await OwnAsync(IntentCluster.NewTenantId(), "Policy KV-1234, about my a3p"));
    }

    [Fact]
    public async Task Taken_away_they_are_found_no_more()
    {
        (await Tenant.ReplaceAsync(0, [s_product])).ValueOrThrow();

        (await Tenant.ReplaceAsync(1, [])).ValueOrThrow();

        Assert.Empty(await OwnAsync(_id, "about my a3p"));
    }

    [Fact]
    public async Task A_change_to_a_version_that_is_not_the_stored_one_is_refused()
    {
        (await Tenant.ReplaceAsync(0, [s_product])).ValueOrThrow();

        var late = await Tenant.ReplaceAsync(0, [s_policy]);

        Assert.Equal((RefusalKind.Conflict, "entities.changed"), (late.Refusal?.Kind, late.Refusal?.Code));
        Assert.Equal("product", (await Tenant.GetAsync()).Entities.Single().Name);
    }

    [Fact]
    public async Task What_is_refused_is_not_stored_and_those_in_use_stay()
    {
        (await Tenant.ReplaceAsync(0, [s_product])).ValueOrThrow();

        var refused = await Tenant.ReplaceAsync(1, [s_product, s_policy with { Pattern = "(" }]);

        Assert.Equal("entities.pattern_invalid", refused.Refusal?.Code);
        Assert.Equal(1, (await Tenant.GetAsync()).Version);
        Assert.Equal([("product", "Aero 3 Pro")], await OwnAsync(_id, "about my a3p"));
    }

    [Fact]
    public async Task Blanks_around_values_are_not_stored()
    {
        var stored = (await Tenant.ReplaceAsync(0, [new("product", null, [new(" Aero ", [" a1 "])], false)])).ValueOrThrow();

        Assert.Equal(("Aero", "a1"), (stored.Entities[0].Values[0].Value, stored.Entities[0].Values[0].Forms[0]));
        Assert.Null(await Tenant.GetNewerAsync(1));
    }

    [Fact]
    public async Task In_messages_to_label_what_is_personal_is_masked_and_what_is_not_stays()
    {
        (await Tenant.ReplaceAsync(0, [s_policy, s_product])).ValueOrThrow();
        var intents = cluster.Tenant(_id);
        await intents.AddAsync(IntentCluster.Garden);
        await IntentCluster.TrainAsync(intents);
        (await intents.ActivateAsync(1)).ValueOrThrow();
        await IntentCluster.UntilAsync(intents, status => status.Ready == 1);
        var unsure = cluster.Grains.GetGrain<IUnsureMessagesGrain>(_id.Value);

        await cluster.WriteAsync(new(_id, Guid.NewGuid()), "Zanzibar quartz whispers KV-1234 a3p, banjo umbrella");
        await KnowledgeCluster.UntilAsync(async () => !(await unsure.ListAsync()).IsEmpty);

        Assert.Equal("Zanzibar quartz whispers [POLICY_NUMBER 1] a3p, banjo umbrella", (await unsure.ListAsync()).Single().Text);
    }

    [Fact]
    public async Task A_trial_finds_what_is_not_stored_and_refuses_what_could_not_be()
    {
        var trial = cluster.Grains.GetGrain<IEntityTrialGrain>(IEntityTrialGrain.Key);
        var request = new AnalysisRequest("KV-1234 for ann@example.org", DateTimeOffset.UnixEpoch, null, _id);

        var found = (await trial.FindAsync(request, [s_policy])).ValueOrThrow();

        Assert.Equal([(EntityKind.Own, "policy_number"), (EntityKind.Email, null)], found.Select(entity => (entity.Kind, entity.Name)));
        Assert.Equal("entities.empty", (await trial.FindAsync(request, [s_policy with { Pattern = null }])).Refusal?.Code);
        Assert.Equal(0, (await Tenant.GetAsync()).Version);
    }

    private async Task<IEnumerable<(string?, string)>> OwnAsync(TenantId tenant, string text) =>
        (await cluster.WriteAsync(new(tenant, Guid.NewGuid()), text)).Analysis!.Entities.Where(entity => entity.Kind == EntityKind.Own).Select(entity => (entity.Name, entity.Value));
}
