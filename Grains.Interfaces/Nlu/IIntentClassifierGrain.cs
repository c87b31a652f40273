using Orleans.Concurrency;

namespace CustomerService.Nlu;

/// <summary>Names the intents of many texts by a tenant's own versions alone, or by a training for the occasion. For measuring; messages do not come here.</summary>
/// <remarks>Key: <see cref="Tenancy.TenantId"/>. A stateless worker; a silo runs one training and one classification at a time, others wait.</remarks>
[Alias("intent-classifier")]
public interface IIntentClassifierGrain : IGrainWithStringKey
{
    /// <summary>The most texts that one call takes.</summary>
    const int MaxTexts = 10_000;

    /// <summary>Names the intents of texts.</summary>
    /// <param name="texts">At most <see cref="MaxTexts"/>.</param>
    /// <param name="version">By which version; null for the active one. One that is not at hand is prepared first, which takes as long as its training.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// One answer for each text; or <see cref="RefusalKind.NotFound"/> <c>intents.version_not_found</c>; or <see cref="RefusalKind.Conflict"/> <c>intents.none_active</c>; or
    /// <see cref="RefusalKind.Invalid"/> <c>texts.too_many</c>.
    /// </returns>
    [Alias("classify"), ResponseTimeout("00:30:00")]
    Task<Result<ImmutableArray<ClassifiedText>>> ClassifyAsync(ImmutableArray<string> texts, int? version, CancellationToken cancellationToken = default);

    /// <summary>Trains on examples, names the intents of texts, and forgets both. The tenant's own examples and versions stay as they are.</summary>
    /// <param name="examples">What to train on; the limits are those of a tenant's examples.</param>
    /// <param name="texts">At most <see cref="MaxTexts"/>.</param>
    /// <param name="cancellationToken">Ends the call and the training.</param>
    /// <returns>
    /// The quality and one answer for each text; or <see cref="RefusalKind.Invalid"/> as <see cref="IIntentModelGrain.TrainAsync"/>, or <c>texts.too_many</c>; or
    /// <see cref="RefusalKind.TooMany"/> <c>intents.busy</c> when too many trainings wait.
    /// </returns>
    [Alias("try"), ResponseTimeout("00:30:00")]
    Task<Result<IntentTrial>> TryAsync(ImmutableArray<IntentExample> examples, ImmutableArray<string> texts, CancellationToken cancellationToken = default);
}

/// <summary>What a text means.</summary>
/// <param name="Intent">The likeliest intent.</param>
/// <param name="Confidence">Its calibrated probability, 0 to 1.</param>
/// <param name="OutOfScope">How likely it is that none of the intents is meant.</param>
/// <param name="Intents">At most three, most likely first.</param>
[GenerateSerializer, Immutable, Alias("classified-text")]
public sealed record ClassifiedText(
    [property: Id(0)] string Intent, [property: Id(1)] double Confidence, [property: Id(2)] double OutOfScope, [property: Id(3)] ImmutableArray<IntentPrediction> Intents);

/// <summary>What came of a training for the occasion.</summary>
/// <param name="Quality">By cross-validation of the examples.</param>
/// <param name="Texts">One answer for each text.</param>
[GenerateSerializer, Immutable, Alias("intent-trial")]
public sealed record IntentTrial([property: Id(0)] IntentQuality Quality, [property: Id(1)] ImmutableArray<ClassifiedText> Texts);
