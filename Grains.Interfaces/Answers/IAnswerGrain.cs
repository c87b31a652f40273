using CustomerService.Knowledge;
using CustomerService.Nlu;
using Orleans.Concurrency;

namespace CustomerService.Answers;

/// <summary>Composes answers from the knowledge base; nothing is said that its passages do not say.</summary>
/// <remarks>Key: <see cref="Tenancy.TenantId"/>. A stateless worker: it keeps nothing between calls.</remarks>
[Alias("answers")]
public interface IAnswerGrain : IGrainWithStringKey
{
    /// <summary>Answers a turn, down the ladder until something holds.</summary>
    /// <param name="question">What the contact asks.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Always an answer; <see cref="AnswerRung.Human"/> when nothing supports another.</returns>
    [Alias("compose"), ReadOnly]
    Task<Answer> ComposeAsync(Question question, CancellationToken cancellationToken = default);

    /// <summary>Drafts that an agent may send, each with its sources.</summary>
    /// <param name="question">What the contact asks.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>At most three, best first; empty when nothing fits.</returns>
    [Alias("suggest"), ReadOnly]
    Task<ImmutableArray<Suggestion>> SuggestAsync(Question question, CancellationToken cancellationToken = default);
}

/// <summary>What is to be answered.</summary>
/// <param name="Text">The contact's messages of this turn, oldest first, joined by line ends.</param>
/// <param name="Language">The conversation's language, ISO 639-1 or <see cref="Languages.Unknown"/>.</param>
/// <param name="Analysis">What was understood of the last message; null when it was not analysed.</param>
/// <param name="Earlier">Up to six earlier messages, oldest first, that give a short question its meaning.</param>
/// <param name="Budget">How long composing may take; a rung that is not ready by then is skipped.</param>
[GenerateSerializer, Immutable, Alias("question")]
public sealed record Question(
    [property: Id(0)] string Text,
    [property: Id(1)] string Language,
    [property: Id(2)] Analysis? Analysis,
    [property: Id(3)] ImmutableArray<string> Earlier,
    [property: Id(4)] TimeSpan Budget);

/// <summary>A draft for an agent.</summary>
/// <param name="Text">What could be sent.</param>
/// <param name="Citations">Where it comes from.</param>
/// <param name="Audience"><see cref="Audience.Agent"/> when a source may not be shown to a contact: read, do not send.</param>
/// <param name="Confidence">How well it fits, 0 to 1.</param>
[GenerateSerializer, Immutable, Alias("suggestion")]
public sealed record Suggestion(
    [property: Id(0)] string Text, [property: Id(1)] ImmutableArray<Citation> Citations, [property: Id(2)] Audience Audience, [property: Id(3)] double Confidence);
