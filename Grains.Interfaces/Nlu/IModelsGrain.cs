using Orleans.Concurrency;

namespace CustomerService.Nlu;

/// <summary>Which set of models understands messages: the built-in one or one that the operator put beside it (docs/models.md).</summary>
/// <remarks>
/// Key: <see cref="Key"/>. No message passes here: each silo keeps the set that answers and looks for another one every <c>Nlu:CheckInterval</c>. The choice survives a restart.
/// </remarks>
[Alias("models")]
public interface IModelsGrain : IGrainWithStringKey
{
    /// <summary>The key that everybody uses.</summary>
    const string Key = "models";

    /// <summary>Which version was chosen.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Its name; <c>built-in</c> when nobody chose.</returns>
    [Alias("get-active"), AlwaysInterleave]
    Task<string> GetActiveAsync(CancellationToken cancellationToken = default);

    /// <summary>What there is to choose from, and what answers.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How it stands in the silo that is asked.</returns>
    [Alias("get"), AlwaysInterleave]
    Task<ModelsStatus> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Lets a version understand messages from now on, an earlier one to roll back. It is loaded and checked first; messages in between are understood by the one before.</summary>
    /// <param name="version">Which.</param>
    /// <param name="cancellationToken">Ends the call; a version that was chosen by then stays chosen.</param>
    /// <returns>
    /// How it stands; or <see cref="RefusalKind.NotFound"/> <c>models.version_not_found</c>; or, and nothing was changed, <see cref="RefusalKind.Conflict"/> <c>models.manifest_invalid</c>,
    /// <c>models.incomplete</c>, <c>models.file_missing</c>, <c>models.hash_wrong</c>, <c>models.too_large</c>, <c>models.encoder_differs</c>, <c>models.part_invalid</c>, <c>models.shape_wrong</c>,
    /// <c>models.label_missing</c>, <c>models.not_finite</c> or <c>models.sentence_wrong</c>.
    /// </returns>
    [Alias("activate")]
    Task<Result<ModelsStatus>> ActivateAsync(string version, CancellationToken cancellationToken = default);
}

/// <summary>The models that understand messages, as they stand.</summary>
/// <param name="Active">The version that was chosen.</param>
/// <param name="Previous">The one before, to roll back to; null when nobody chose yet.</param>
/// <param name="ChosenAt">When it was chosen, UTC; null when nobody chose yet.</param>
/// <param name="Answers">The version that answers in the silo that was asked: another one than chosen while that is loaded, or when it cannot be used there.</param>
/// <param name="Problem">Why the chosen one cannot be used there; null when it can.</param>
/// <param name="Versions">The built-in one, then the others, newest first.</param>
[GenerateSerializer, Immutable, Alias("models-status")]
public sealed record ModelsStatus(
    [property: Id(0)] string Active,
    [property: Id(1)] string? Previous,
    [property: Id(2)] DateTimeOffset? ChosenAt,
    [property: Id(3)] string Answers,
    [property: Id(4)] Refusal? Problem,
    [property: Id(5)] ImmutableArray<ModelVersion> Versions);

/// <summary>A version of the models.</summary>
/// <param name="Version">Its name.</param>
/// <param name="MadeAt">When it was made, UTC; null for the built-in one, which is as old as the program.</param>
/// <param name="Parts">What it brings; what it lacks comes from the built-in one.</param>
/// <param name="Problem">Why its description cannot be read; null when it can. Its weights are checked when it is activated.</param>
[GenerateSerializer, Immutable, Alias("model-version")]
public sealed record ModelVersion(
    [property: Id(0)] string Version,
    [property: Id(1)] DateTimeOffset? MadeAt,
    [property: Id(2)] ImmutableArray<ModelPart> Parts,
    [property: Id(3)] Refusal? Problem);

/// <summary>A part of a version.</summary>
/// <param name="Name"><c>encoder</c>, <c>intents</c>, <c>intents-many</c>, <c>sentiment</c>, <c>sentiment-many</c>, <c>language</c> or <c>entities</c>.</param>
/// <param name="Card">How it was made and what it can do, Markdown.</param>
[GenerateSerializer, Immutable, Alias("model-part")]
public sealed record ModelPart([property: Id(0)] string Name, [property: Id(1)] string Card);
