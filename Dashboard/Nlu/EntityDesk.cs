using CustomerService.Shell;
using CustomerService.Tenancy;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

/// <summary>What the page does to the tenant's own entities: calls, and what is said of them.</summary>
internal sealed class EntityDesk(IGrainFactory grains, IOptions<TenancyOptions> tenancy, Toasts toasts, TimeProvider time, ILogger<EntityDesk> logger)
{
    private OwnEntity? _draft;

    private IOwnEntitiesGrain Stored => grains.GetGrain<IOwnEntitiesGrain>(tenancy.Value.TenantId.Value);

    public Task<OwnEntityList> ReadAsync(CancellationToken cancellationToken) => Stored.GetAsync(cancellationToken);

    /// <summary>Puts others in the place of the list that was shown.</summary>
    public Task<Result<OwnEntityList>> ReplaceAsync(OwnEntityList shown, ImmutableArray<OwnEntity> entities) => Stored.ReplaceAsync(shown.Version, entities).OrRefusalAsync(logger);

    /// <summary>Finds what is in a text as if these were stored.</summary>
    public Task<Result<ImmutableArray<Entity>>> TryAsync(string text, ImmutableArray<OwnEntity> entities) =>
        grains.GetGrain<IEntityTrialGrain>(IEntityTrialGrain.Key).FindAsync(
            new(text, time.GetUtcNow(), null, tenancy.Value.TenantId, TimeZone: tenancy.Value.TimeZone, Country: tenancy.Value.Country), entities).OrRefusalAsync(logger);

    /// <summary>Keeps what was typed for a new entity whose adding was undone.</summary>
    public void Keep(OwnEntity draft) => _draft = draft;

    /// <summary>What was kept, once; null for nothing.</summary>
    public OwnEntity? TakeDraft()
    {
        var draft = _draft;
        _draft = null;
        return draft;
    }

    /// <summary>Says what was done and offers to undo it, on what is stored by then.</summary>
    public void Say(string text, Func<ImmutableArray<OwnEntity>, ImmutableArray<OwnEntity>> undo, Func<OwnEntityList, Task> undone) =>
        toasts.Show(text, new("Undo", async () =>
        {
            var (now, refusal) = await Stored.GetAsync().OrRefusalAsync(logger);
            if (refusal is null)
                (now, refusal) = await ReplaceAsync(now!, undo(now!.Entities));
            if (refusal is not null)
                toasts.Show(refusal.Detail, isProblem: true);
            else
                await undone(now!);
        }));
}
