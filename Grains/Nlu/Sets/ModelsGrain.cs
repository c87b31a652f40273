using Microsoft.Extensions.Logging;
using Orleans.Runtime;

namespace CustomerService.Nlu;

/// <summary>Which set of models was chosen.</summary>
[GenerateSerializer, Immutable, Alias("model-choice")]
internal sealed record ModelChoice
{
    [Id(0)]
    public string Active { get; init; } = ModelSet.BuiltInVersion;

    [Id(1)]
    public string? Previous { get; init; }

    [Id(2)]
    public DateTimeOffset? ChosenAt { get; init; }
}

[GrainType("models")]
internal sealed partial class ModelsGrain([PersistentState("models")] IPersistentState<ModelChoice> state, CurrentModels current, ModelSwitch models, TimeProvider time, ILogger<ModelsGrain> logger)
    : Grain, IModelsGrain
{
    internal static readonly Refusal NoVersion = new(RefusalKind.NotFound, "models.version_not_found", "There is no such version of the models.");

    public Task<string> GetActiveAsync(CancellationToken cancellationToken) => Task.FromResult(state.State.Active);

    public async Task<ModelsStatus> GetAsync(CancellationToken cancellationToken)
    {
        var versions = await models.ListAsync();
        var choice = state.State;
        return new(choice.Active, choice.Previous, choice.ChosenAt, current.Version, models.Problem, versions);
    }

    public async Task<Result<ModelsStatus>> ActivateAsync(string version, CancellationToken cancellationToken)
    {
        if (await models.PrepareAsync(version, cancellationToken) is { } refusal)
        {
            LogRefused(version, refusal.Code);
            return refusal;
        }

        if (version != state.State.Active)
            await SaveAsync(new() { Active = version, Previous = state.State.Active, ChosenAt = time.GetUtcNow() });
        await models.TakeOverAsync(version);
        return await GetAsync(cancellationToken);
    }

    // A failed write leaves memory ahead of storage: drop the activation so that the next call reads the truth.
    private async Task SaveAsync(ModelChoice next)
    {
        state.State = next;
        try { await state.WriteStateAsync(); }
        catch { DeactivateOnIdle(); throw; }

        LogChosen(next.Active, next.Previous);
    }

    [LoggerMessage(LogLevel.Information, "The models {Version} were chosen instead of {Previous}")]
    private partial void LogChosen(string version, string? previous);

    [LoggerMessage(LogLevel.Warning, "Refused the models {Version}: {Code}")]
    private partial void LogRefused(string version, string code);
}
