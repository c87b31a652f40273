using CustomerService.Conversations;
using Orleans.Concurrency;

namespace CustomerService.Nlu;

/// <summary>Messages of contacts that no intent could be named for with confidence, for people to label. What identifies a person is masked before it comes here.</summary>
/// <remarks>Key: <see cref="Tenancy.TenantId"/>. Silos bring what they gathered every few seconds, so this is not called for each message.</remarks>
[Alias("unsure-messages")]
public interface IUnsureMessagesGrain : IGrainWithStringKey
{
    /// <summary>Adds messages; of more than <c>Intents:MaxUnsure</c> the oldest go. A text that is there counts once more.</summary>
    /// <param name="messages">What was gathered; ids do not matter.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When they are kept.</returns>
    [Alias("add")]
    Task AddAsync(ImmutableArray<UnsureMessage> messages, CancellationToken cancellationToken = default);

    /// <summary>All messages.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Newest first.</returns>
    [Alias("list"), ReadOnly]
    Task<ImmutableArray<UnsureMessage>> ListAsync(CancellationToken cancellationToken = default);

    /// <summary>Makes a message an example of an intent and takes it off the list.</summary>
    /// <param name="id">Which.</param>
    /// <param name="intent">What is meant, 1 to 80 characters; a new name begins a new intent.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The example; or <see cref="RefusalKind.NotFound"/> <c>intents.message_not_found</c>; or as <see cref="IIntentModelGrain.AddAsync"/>.</returns>
    [Alias("label")]
    Task<Result<LabelledMessage>> LabelAsync(long id, string intent, CancellationToken cancellationToken = default);

    /// <summary>Takes a message off the list: it is an example of nothing.</summary>
    /// <param name="id">Which.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The message; or <see cref="RefusalKind.NotFound"/> <c>intents.message_not_found</c>.</returns>
    [Alias("dismiss")]
    Task<Result<UnsureMessage>> DismissAsync(long id, CancellationToken cancellationToken = default);

    /// <summary>Puts back what was labelled or dismissed, and takes away the example that was made of it.</summary>
    /// <param name="message">As it was.</param>
    /// <param name="example">The example's id; null when none was made.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>When it is back.</returns>
    [Alias("restore")]
    Task RestoreAsync(UnsureMessage message, long? example, CancellationToken cancellationToken = default);
}

/// <summary>A message that the intents were unsure of.</summary>
/// <param name="Id">Unique within the tenant.</param>
/// <param name="Text">What the contact wrote, masked; at most 2,000 characters.</param>
/// <param name="Guess">The intent that came nearest; null when none did.</param>
/// <param name="Confidence">Its confidence, 0 to 1.</param>
/// <param name="OutOfScope">How likely it is that no known intent is meant.</param>
/// <param name="At">When it was written, UTC.</param>
/// <param name="Conversation">Where it was written last.</param>
/// <param name="Times">How often this very text came.</param>
[GenerateSerializer, Immutable, Alias("unsure-message")]
public sealed record UnsureMessage(
    [property: Id(0)] long Id,
    [property: Id(1)] string Text,
    [property: Id(2)] string? Guess,
    [property: Id(3)] double Confidence,
    [property: Id(4)] double OutOfScope,
    [property: Id(5)] DateTimeOffset At,
    [property: Id(6)] ConversationKey Conversation,
    [property: Id(7)] int Times = 1);

/// <summary>A message that became an example.</summary>
/// <param name="Message">As it was on the list.</param>
/// <param name="Example">The new example's id; null when the text was an example already, of this or another intent.</param>
[GenerateSerializer, Immutable, Alias("labelled-message")]
public sealed record LabelledMessage([property: Id(0)] UnsureMessage Message, [property: Id(1)] long? Example);
