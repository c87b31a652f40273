using CustomerService.Api;

namespace CustomerService.Nlu;

/// <summary>Examples to be added.</summary>
/// <param name="Examples">At most 20,000 together with those that are there, of at most 200 intents.</param>
internal sealed record ExamplesRequest(IntentExample[]? Examples) : IIdempotentRequest;

/// <summary>What an example is from now on.</summary>
/// <param name="Text">1 to 2,000 characters.</param>
/// <param name="Intent">1 to 80 characters on one line.</param>
internal sealed record ExampleRequest(string? Text, string? Intent) : IIdempotentRequest;

/// <summary>Another name for an intent.</summary>
/// <param name="Intent">The name so far.</param>
/// <param name="Name">The name from now on, 1 to 80 characters on one line.</param>
internal sealed record RenameRequest(string? Intent, string? Name) : IIdempotentRequest;

/// <summary>An intent to be removed.</summary>
/// <param name="Intent">Its name.</param>
internal sealed record RemoveIntentRequest(string? Intent) : IIdempotentRequest;

/// <summary>Which version is to be active.</summary>
/// <param name="Version">Its number; null for none.</param>
internal sealed record ActivateRequest(int? Version) : IIdempotentRequest;

/// <summary>Texts whose intents are asked for.</summary>
/// <param name="Texts">1 to 10,000.</param>
/// <param name="Version">By which version; left out for the active one.</param>
internal sealed record ClassifyRequest(string[]? Texts, int? Version = null) : IIdempotentRequest;

/// <summary>A training for the occasion.</summary>
/// <param name="Examples">2 to 20,000, of 2 to 200 intents, at least two of each.</param>
/// <param name="Texts">1 to 10,000.</param>
internal sealed record TrialRequest(IntentExample[]? Examples, string[]? Texts) : IIdempotentRequest;

/// <summary>What a message means.</summary>
/// <param name="Intent">1 to 80 characters on one line; a new name begins a new intent.</param>
internal sealed record LabelRequest(string? Intent) : IIdempotentRequest;

/// <summary>What texts mean.</summary>
/// <param name="Items">One answer for each text, in their order.</param>
internal sealed record ClassifiedList(ImmutableArray<ClassifiedText> Items);

/// <summary>Messages that the intents were unsure of.</summary>
/// <param name="Items">Newest first.</param>
internal sealed record UnsureList(ImmutableArray<UnsureMessage> Items);
