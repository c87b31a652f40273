using CustomerService.Tenancy;
using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace CustomerService.Nlu;

/// <summary>The stored form.</summary>
[GenerateSerializer, Immutable, Alias("own-entities-state")]
internal sealed record StoredEntities
{
    [Id(0)]
    public OwnEntityList List { get; init; } = new(0, []);
}

[GrainType("own-entities")]
internal sealed partial class OwnEntitiesGrain(
    [PersistentState("own-entities")] IPersistentState<StoredEntities> state, OwnEntitiesInUse inUse, ILogger<OwnEntitiesGrain> logger) : Grain, IOwnEntitiesGrain
{
    private TenantId Tenant => TenantId.Parse(this.GetPrimaryKeyString());

    public Task<OwnEntityList> GetAsync(CancellationToken cancellationToken) => Task.FromResult(state.State.List);

    public Task<OwnEntityList?> GetNewerAsync(long than, CancellationToken cancellationToken) =>
        Task.FromResult(state.State.List.Version > than ? state.State.List : null);

    public async Task<Result<OwnEntityList>> ReplaceAsync(long version, ImmutableArray<OwnEntity> entities, CancellationToken cancellationToken)
    {
        if (version != state.State.List.Version)
            return new Refusal(RefusalKind.Conflict, "entities.changed", "Somebody changed the entities meanwhile. Read them again and repeat your change.");
        var next = new OwnEntityList(version + 1, OwnEntities.Trim(entities));
        var (prepared, refusal) = OwnEntities.Create(next.Entities);
        if (refusal is not null)
            return refusal;

        await SaveAsync(next);
        inUse.Keep(Tenant, next.Version, prepared!);
        LogReplaced(Tenant, next.Version, next.Entities.Length);
        return next;
    }

    // A failed write leaves memory ahead of storage: drop the activation so that the next call reads the truth.
    private async Task SaveAsync(OwnEntityList next)
    {
        state.State = new() { List = next };
        try { await state.WriteStateAsync(); }
        catch { DeactivateOnIdle(); throw; }
    }

    [LoggerMessage(LogLevel.Information, "Tenant {Tenant}: version {Version} of its own entities, {Count} of them")]
    private partial void LogReplaced(TenantId tenant, long version, int count);
}
