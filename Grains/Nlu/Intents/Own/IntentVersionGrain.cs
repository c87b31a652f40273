using Orleans.Runtime;

namespace CustomerService.Nlu;

/// <summary>The stored form of a version; empty until there is one.</summary>
[GenerateSerializer, Immutable, Alias("intent-version-state")]
internal sealed record StoredVersion
{
    [Id(0)]
    public IntentVersionContent? Content { get; init; }
}

[GrainType("intent-version")]
internal sealed class IntentVersionGrain([PersistentState("intent-version")] IPersistentState<StoredVersion> state) : Grain, IIntentVersionGrain
{
    public async Task StoreAsync(IntentVersionContent content, CancellationToken cancellationToken)
    {
        state.State = new() { Content = content };
        try { await state.WriteStateAsync(cancellationToken); }
        finally { DeactivateOnIdle(); }
    }

    public Task<IntentVersionContent?> GetAsync(CancellationToken cancellationToken)
    {
        // Read when a silo prepares it, and hardly ever again.
        DeactivateOnIdle();
        return Task.FromResult(state.State.Content);
    }

    public async Task ClearAsync(CancellationToken cancellationToken)
    {
        DeactivateOnIdle();
        await state.ClearStateAsync(cancellationToken);
    }
}
