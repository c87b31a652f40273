using Orleans.Concurrency;

namespace CustomerService.Nlu;

/// <summary>What a trained version is made of. Written once, before anything names it; read by every silo that answers with it.</summary>
/// <remarks>Key: <see cref="IntentVersionKey"/>. Used by <see cref="IIntentModelGrain"/> and by silos, not by doors.</remarks>
[Alias("stored-intent-version")]
public interface IIntentVersionGrain : IGrainWithStringKey
{
    /// <summary>Keeps the content; one that a crash left behind under this number is replaced.</summary>
    /// <param name="content">Examples and quality.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is durable.</returns>
    [Alias("store")]
    Task StoreAsync(IntentVersionContent content, CancellationToken cancellationToken = default);

    /// <summary>Reads the content.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The content; null when there is none.</returns>
    [Alias("get"), ReadOnly]
    Task<IntentVersionContent?> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Forgets the content.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is gone.</returns>
    [Alias("clear")]
    Task ClearAsync(CancellationToken cancellationToken = default);
}

/// <summary>What a version is made of: the same examples make the same model again.</summary>
/// <param name="Examples">What it was trained on, in this order.</param>
/// <param name="Quality">How good it was found to be.</param>
[GenerateSerializer, Immutable, Alias("intent-version-content")]
public sealed record IntentVersionContent([property: Id(0)] ImmutableArray<IntentExample> Examples, [property: Id(1)] IntentQuality Quality);
