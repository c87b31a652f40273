using CustomerService.Nlu;
using Orleans.Concurrency;

namespace CustomerService.Host;

/// <summary>The real rules of a tenant's own entities, in memory.</summary>
[GrainType("own-entities")]
internal sealed class FakeOwnEntitiesGrain(DeskWorld world) : Grain, IOwnEntitiesGrain
{
    private OwnEntityList _list = new(0, []);

    public Task<OwnEntityList> GetAsync(CancellationToken cancellationToken) =>
        world.IsBroken ? throw new InvalidOperationException("Played.") : Task.FromResult(_list);

    public Task<OwnEntityList?> GetNewerAsync(long than, CancellationToken cancellationToken) => Task.FromResult(_list.Version > than ? _list : null);

    public Task<Result<OwnEntityList>> ReplaceAsync(long version, ImmutableArray<OwnEntity> entities, CancellationToken cancellationToken)
    {
        if (version != _list.Version)
            return Task.FromResult<Result<OwnEntityList>>(new Refusal(RefusalKind.Conflict, "entities.changed", "Somebody changed the entities meanwhile."));
        if (OwnEntities.Create(entities).Refusal is { } refusal)
            return Task.FromResult<Result<OwnEntityList>>(refusal);
        _list = new(version + 1, entities);
        return Task.FromResult<Result<OwnEntityList>>(_list);
    }
}

/// <summary>Finds own entities alone.</summary>
[GrainType("entity-trial"), StatelessWorker]
internal sealed class FakeEntityTrialGrain : Grain, IEntityTrialGrain
{
    public Task<Result<ImmutableArray<Entity>>> FindAsync(AnalysisRequest request, ImmutableArray<OwnEntity> entities, CancellationToken cancellationToken)
    {
        var (own, refusal) = OwnEntities.Create(entities);
        if (refusal is not null)
            return Task.FromResult<Result<ImmutableArray<Entity>>>(refusal);
        var found = new List<Candidate>();
        own!.Find(request.Text, found);
        ImmutableArray<Entity> all = [.. found.Select(one => new Entity(one.Kind, one.Offset, one.Length, request.Text.Substring(one.Offset, one.Length), one.Value, one.Confidence, one.Name))];
        return Task.FromResult<Result<ImmutableArray<Entity>>>(all);
    }
}
