using Orleans.Concurrency;

namespace CustomerService.Nlu;

[GrainType("entity-trial"), StatelessWorker]
internal sealed class EntityTrialGrain(CurrentModels current) : Grain, IEntityTrialGrain
{
    public Task<Result<ImmutableArray<Entity>>> FindAsync(AnalysisRequest request, ImmutableArray<OwnEntity> entities, CancellationToken cancellationToken)
    {
        var (own, refusal) = OwnEntities.Create(OwnEntities.Trim(entities));
        using var use = current.Take();
        var models = use.Set.Models;
        return Task.FromResult<Result<ImmutableArray<Entity>>>(refusal is not null
            ? refusal
            : models.Entities.Find(request.Text, EntityContext.Of(request, models.Languages.Detect(request.Text, request.LanguageHint).Code, own)));
    }
}
