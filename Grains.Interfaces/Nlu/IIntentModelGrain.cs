using Orleans.Concurrency;

namespace CustomerService.Nlu;

/// <summary>A tenant's own intents: the examples, their training, and the versions that came of it.</summary>
/// <remarks>
/// Key: <see cref="Tenancy.TenantId"/>. Everything but a running training survives a restart. No message passes here: each silo
/// keeps the active version's model and looks for another one every <c>Intents:CheckInterval</c>.
/// </remarks>
[Alias("intent-model")]
public interface IIntentModelGrain : IGrainWithStringKey
{
    /// <summary>How it all stands.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Counts, the training, and the versions.</returns>
    [Alias("get"), AlwaysInterleave]
    Task<IntentModelStatus> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Which version names the intents of messages.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Its number; null when none does.</returns>
    [Alias("get-active"), AlwaysInterleave]
    Task<int?> GetActiveAsync(CancellationToken cancellationToken = default);

    /// <summary>Examples, in the order they came.</summary>
    /// <param name="intent">Only those of this intent; null for all.</param>
    /// <param name="after">Only those with a greater id; 0 for the first page.</param>
    /// <param name="limit">How many, 1 to 500.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>A page; empty when there is no such intent.</returns>
    [Alias("list"), ReadOnly]
    Task<ExamplePage> ListAsync(string? intent, long after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Adds examples, all or none. A text has one intent: what is there under another one moves.</summary>
    /// <param name="examples">What to add; blanks around do not count.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// What became of them; or <see cref="RefusalKind.Invalid"/> <c>intents.name_invalid</c>, <c>intents.text_invalid</c>, <c>intents.too_many_examples</c>
    /// (20,000, or 4 million characters together) or <c>intents.count_invalid</c> (200 intents).
    /// </returns>
    [Alias("add")]
    Task<Result<ExamplesAdded>> AddAsync(ImmutableArray<IntentExample> examples, CancellationToken cancellationToken = default);

    /// <summary>Adds the examples of a file, all or none.</summary>
    /// <param name="content">What is in the file.</param>
    /// <param name="format">How it lies there; <see cref="TextFormat.Lines"/> has no intents and is refused.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>As <see cref="AddAsync"/>; or <see cref="RefusalKind.Invalid"/> <c>texts.unreadable</c>, which names the line.</returns>
    [Alias("import")]
    Task<Result<ExamplesAdded>> ImportAsync(string content, TextFormat format, CancellationToken cancellationToken = default);

    /// <summary>Takes examples away; ids that are not there do not matter.</summary>
    /// <param name="ids">Which.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>What was taken away: adding it undoes this.</returns>
    [Alias("remove")]
    Task<ImmutableArray<StoredExample>> RemoveAsync(ImmutableArray<long> ids, CancellationToken cancellationToken = default);

    /// <summary>Changes an example's text or intent.</summary>
    /// <param name="id">Which.</param>
    /// <param name="example">What it is from now on.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// The example before; or <see cref="RefusalKind.NotFound"/> <c>intents.example_not_found</c>; or <see cref="RefusalKind.Conflict"/> <c>intents.text_exists</c>
    /// when another example has the text; or as <see cref="AddAsync"/>.
    /// </returns>
    [Alias("change")]
    Task<Result<StoredExample>> ChangeAsync(long id, IntentExample example, CancellationToken cancellationToken = default);

    /// <summary>Gives an intent another name; that of another intent makes one of the two.</summary>
    /// <param name="intent">The name so far.</param>
    /// <param name="name">The name from now on, 1 to 80 characters.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How many examples it has; or <see cref="RefusalKind.NotFound"/> <c>intents.intent_not_found</c>; or <see cref="RefusalKind.Invalid"/> <c>intents.name_invalid</c>.</returns>
    [Alias("rename")]
    Task<Result<int>> RenameAsync(string intent, string name, CancellationToken cancellationToken = default);

    /// <summary>Takes an intent away with its examples.</summary>
    /// <param name="intent">Which.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Its examples: adding them undoes this; or <see cref="RefusalKind.NotFound"/> <c>intents.intent_not_found</c>.</returns>
    [Alias("remove-intent")]
    Task<Result<ImmutableArray<StoredExample>>> RemoveIntentAsync(string intent, CancellationToken cancellationToken = default);

    /// <summary>Begins to train a version on the examples as they are now, beside everything else. It is not active when it is done.</summary>
    /// <param name="cancellationToken">Ends the call, not the training.</param>
    /// <returns>
    /// How it stands; or <see cref="RefusalKind.Conflict"/> <c>intents.training</c> while one runs; or <see cref="RefusalKind.Invalid"/> <c>intents.count_invalid</c> (fewer than two
    /// intents) or <c>intents.too_few_examples</c> (fewer than two of one).
    /// </returns>
    [Alias("train")]
    Task<Result<TrainingProgress>> TrainAsync(CancellationToken cancellationToken = default);

    /// <summary>Ends the running training; nothing comes of it.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How it stands; or <see cref="RefusalKind.Conflict"/> <c>intents.not_training</c>.</returns>
    [Alias("cancel"), AlwaysInterleave]
    Task<Result<TrainingProgress>> CancelAsync(CancellationToken cancellationToken = default);

    /// <summary>A version with its quality.</summary>
    /// <param name="number">Which.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The version; or <see cref="RefusalKind.NotFound"/> <c>intents.version_not_found</c>.</returns>
    [Alias("get-version"), ReadOnly]
    Task<Result<IntentVersion>> GetVersionAsync(int number, CancellationToken cancellationToken = default);

    /// <summary>Lets a version name the intents of messages from now on, an earlier one to roll back. Until a silo has it ready, the one before answers there.</summary>
    /// <param name="number">Which; null for none, then only the support pack answers.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>How it stands; or <see cref="RefusalKind.NotFound"/> <c>intents.version_not_found</c>.</returns>
    [Alias("activate")]
    Task<Result<IntentModelStatus>> ActivateAsync(int? number, CancellationToken cancellationToken = default);
}
