using CustomerService.Conversations;
using CustomerService.Tenancy;
using Orleans.Concurrency;

namespace CustomerService.Nlu;

/// <summary>Understands one message: language, intent, entities and sentiment.</summary>
/// <remarks>Key: any; <see cref="Key"/> by custom. A stateless worker: calls run side by side and concurrent ones share an inference.</remarks>
[Alias("nlu")]
public interface INluGrain : IGrainWithStringKey
{
    /// <summary>The key that everybody uses.</summary>
    const string Key = "nlu";

    /// <summary>Analyses a message.</summary>
    /// <param name="request">The text and what is known around it.</param>
    /// <param name="cancellationToken">Ends the call; what is not computed then is not.</param>
    /// <returns>The analysis; degraded, never late, when <c>Nlu:Budget</c> runs out.</returns>
    [Alias("analyze"), ReadOnly]
    Task<Analysis> AnalyzeAsync(AnalysisRequest request, CancellationToken cancellationToken = default);
}

/// <summary>A text to be understood.</summary>
/// <param name="Text">What the contact wrote, at most 10,000 characters; what is longer is cut for the analysis.</param>
/// <param name="At">When it was written, UTC; "tomorrow" counts from here.</param>
/// <param name="LanguageHint">The conversation's language so far, used when the text alone does not tell; null when there is none.</param>
/// <param name="Tenant">Whose own intents are asked beside the support pack; null for the pack alone.</param>
/// <param name="Conversation">Where it was written; then it may be shown to people as one that the model was unsure of. Null for a text of no conversation.</param>
/// <param name="Patience">How long it may wait for its sentence vector; null for <c>Nlu:Budget</c>. For texts that nobody waits for.</param>
/// <param name="TimeZone">The writer's time zone, an IANA name: "tomorrow" is a day there. Null, or one that is not known, for UTC.</param>
/// <param name="Country">The writer's country, ISO 3166: telephone numbers without a prefix belong there. Null when it is not known.</param>
[GenerateSerializer, Immutable, Alias("analysis-request")]
public sealed record AnalysisRequest(
    [property: Id(0)] string Text,
    [property: Id(1)] DateTimeOffset At,
    [property: Id(2)] string? LanguageHint,
    [property: Id(3)] TenantId? Tenant = null,
    [property: Id(4)] ConversationKey? Conversation = null,
    [property: Id(5)] TimeSpan? Patience = null,
    [property: Id(6)] string? TimeZone = null,
    [property: Id(7)] string? Country = null);
