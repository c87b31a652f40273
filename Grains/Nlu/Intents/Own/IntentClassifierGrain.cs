using Orleans.Concurrency;

namespace CustomerService.Nlu;

[GrainType("intent-classifier"), StatelessWorker, Reentrant]
internal sealed class IntentClassifierGrain(IntentTrainings trainings, OwnIntentModels models, CurrentModels current) : Grain, IIntentClassifierGrain
{
    private static readonly Refusal TooManyTexts = new(RefusalKind.Invalid, "texts.too_many", $"At most {IIntentClassifierGrain.MaxTexts} texts in one call.");

    public async Task<Result<ImmutableArray<ClassifiedText>>> ClassifyAsync(ImmutableArray<string> texts, int? version, CancellationToken cancellationToken)
    {
        if (texts.Length > IIntentClassifierGrain.MaxTexts)
            return TooManyTexts;

        var tenant = GrainFactory.GetGrain<IIntentModelGrain>(this.GetPrimaryKeyString());
        var status = await tenant.GetAsync(cancellationToken);
        if ((version ?? status.Active) is not { } number)
            return new Refusal(RefusalKind.Conflict, "intents.none_active", "No version is active. Activate one, or name a version.");
        if (status.Versions.All(one => one.Number != number))
            return IntentModel.NoVersion;

        using var use = current.Take();
        var prepared = await models.PrepareAsync(new(this.GetPrimaryKeyString()), number, use.Set).WaitAsync(cancellationToken);
        return await trainings.ClassifyAsync(use.Set, prepared.Model, texts, cancellationToken);
    }

    public async Task<Result<IntentTrial>> TryAsync(ImmutableArray<IntentExample> examples, ImmutableArray<string> texts, CancellationToken cancellationToken)
    {
        if (texts.Length > IIntentClassifierGrain.MaxTexts)
            return TooManyTexts;
        var (known, refusal) = IntentExamples.Check(examples);
        if (refusal is not null)
            return refusal;
        if (trainings.IsBusy)
            return new Refusal(RefusalKind.TooMany, "intents.busy", "Too many trainings wait. Try again in a minute.");

        using var use = current.Take();
        var (model, quality) = await trainings.TrainAsync(use.Set, known, (_, _) => { }, cancellationToken);
        return new IntentTrial(quality, await trainings.ClassifyAsync(use.Set, model, texts, cancellationToken));
    }
}
