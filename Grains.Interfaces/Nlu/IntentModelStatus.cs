namespace CustomerService.Nlu;

/// <summary>How a tenant's own intents stand.</summary>
/// <param name="Intents">The intents and how many examples each has, in order of name.</param>
/// <param name="Examples">How many examples there are.</param>
/// <param name="HasUntrained">True when examples have changed since the newest version was trained, or none was.</param>
/// <param name="Training">The training that runs or ran last; null when there was none since the grain was activated.</param>
/// <param name="Versions">Newest first; at most <c>Intents:MaxVersions</c>.</param>
/// <param name="Active">The number of the version that names the intents of messages; null when none does.</param>
/// <param name="Ready">The number of the version that this silo answers with: for seconds another one than <paramref name="Active"/> when that is being prepared.</param>
[GenerateSerializer, Immutable, Alias("intent-model-status")]
public sealed record IntentModelStatus(
    [property: Id(0)] ImmutableArray<IntentCount> Intents,
    [property: Id(1)] int Examples,
    [property: Id(2)] bool HasUntrained,
    [property: Id(3)] TrainingProgress? Training,
    [property: Id(4)] ImmutableArray<IntentVersionSummary> Versions,
    [property: Id(5)] int? Active,
    [property: Id(6)] int? Ready);

/// <summary>An intent.</summary>
/// <param name="Intent">Its name.</param>
/// <param name="Examples">How many examples it has.</param>
[GenerateSerializer, Immutable, Alias("intent-count")]
public sealed record IntentCount([property: Id(0)] string Intent, [property: Id(1)] int Examples);

/// <summary>How a training stands.</summary>
/// <param name="Stage">What it does now.</param>
/// <param name="Done">How much of the whole is done, 0 to 1.</param>
/// <param name="StartedAt">When it was asked for, UTC.</param>
/// <param name="Examples">How many examples it trains on.</param>
/// <param name="Intents">How many intents they have.</param>
[GenerateSerializer, Immutable, Alias("training-progress")]
public sealed record TrainingProgress(
    [property: Id(0)] TrainingStage Stage, [property: Id(1)] double Done, [property: Id(2)] DateTimeOffset StartedAt, [property: Id(3)] int Examples, [property: Id(4)] int Intents)
{
    /// <summary>False once it has ended, in whatever way.</summary>
    /// <returns>True while it goes on.</returns>
    public bool IsRunning() => Stage < TrainingStage.Done;
}

/// <summary>The steps of a training.</summary>
[GenerateSerializer, Alias("training-stage")]
public enum TrainingStage
{
    /// <summary>Another tenant's training runs in this silo; one at a time does.</summary>
    Waiting,

    /// <summary>The sentence vectors of the examples are made.</summary>
    Encoding,

    /// <summary>Models that have not seen a fifth of the examples judge that fifth.</summary>
    Judging,

    /// <summary>The model of all examples is made.</summary>
    Finishing,

    /// <summary>The version is there.</summary>
    Done,

    /// <summary>Somebody ended it.</summary>
    Cancelled,

    /// <summary>Something failed; the log says what. The examples are as they were.</summary>
    Failed,
}

/// <summary>A trained version in a list.</summary>
/// <param name="Number">From 1, each one higher.</param>
/// <param name="TrainedAt">When its training ended, UTC.</param>
/// <param name="Examples">How many examples it was trained on.</param>
/// <param name="Intents">How many intents it knows.</param>
/// <param name="Accuracy">See <see cref="IntentQuality"/>.</param>
/// <param name="CalibrationError">See <see cref="IntentQuality"/>.</param>
[GenerateSerializer, Immutable, Alias("intent-version-summary")]
public sealed record IntentVersionSummary(
    [property: Id(0)] int Number,
    [property: Id(1)] DateTimeOffset TrainedAt,
    [property: Id(2)] int Examples,
    [property: Id(3)] int Intents,
    [property: Id(4)] double Accuracy,
    [property: Id(5)] double CalibrationError);

/// <summary>A trained version.</summary>
/// <param name="Summary">What the list says of it.</param>
/// <param name="Quality">How good it is.</param>
[GenerateSerializer, Immutable, Alias("intent-version")]
public sealed record IntentVersion([property: Id(0)] IntentVersionSummary Summary, [property: Id(1)] IntentQuality Quality);
