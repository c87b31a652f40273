using CustomerService.Contacts;
using CustomerService.Inboxes;
using CustomerService.Nlu;

namespace CustomerService.Conversations;

/// <summary>Where a conversation stands.</summary>
[GenerateSerializer, Alias("conversation-status")]
public enum ConversationStatus
{
    /// <summary>Somebody has to act.</summary>
    Open,

    /// <summary>Waits for the contact.</summary>
    Pending,

    /// <summary>Comes back at a time.</summary>
    Snoozed,

    /// <summary>Done; a message from the contact may reopen it.</summary>
    Resolved,
}

/// <summary>Who started a conversation, and where.</summary>
/// <param name="Contact">The contact.</param>
/// <param name="Channel">The contact's address in the inbox.</param>
/// <param name="Kind">The kind of transport.</param>
/// <param name="ContactName">The name given so far; null when none was.</param>
/// <param name="IsVerified">True when the tenant vouched for the identity with a signed token; an unverified one is never merged into it.</param>
[GenerateSerializer, Immutable, Alias("conversation-origin")]
public sealed record ConversationOrigin(
    [property: Id(0)] ContactKey Contact,
    [property: Id(1)] ContactChannelKey Channel,
    [property: Id(2)] ChannelKind Kind,
    [property: Id(3)] string? ContactName,
    [property: Id(4)] bool IsVerified);

/// <summary>The exclusive right to answer a conversation. A reply from anyone but its holder is refused.</summary>
/// <param name="Holder">Which side holds it.</param>
/// <param name="Agent">The agent's id when a person holds it; else null.</param>
/// <param name="AgentName">The agent's name when a person holds it; else null.</param>
/// <param name="Fence">The journal sequence at which it was taken: a later holder has a greater one.</param>
[GenerateSerializer, Immutable, Alias("baton")]
public sealed record Baton(
    [property: Id(0)] BatonHolder Holder, [property: Id(1)] string? Agent = null, [property: Id(2)] string? AgentName = null, [property: Id(3)] long Fence = 0);

/// <summary>Who can hold the baton.</summary>
[GenerateSerializer, Alias("baton-holder")]
public enum BatonHolder
{
    /// <summary>The AI.</summary>
    Assistant,

    /// <summary>Handed to people, and nobody has taken it yet: nobody answers, the contact is told that a person will.</summary>
    Queue,

    /// <summary>An agent.</summary>
    Agent,

    /// <summary>A supervisor who took it over.</summary>
    Supervisor,
}

/// <summary>What a person who takes over needs to know.</summary>
/// <param name="Reason">Why a person is needed, one plain English sentence.</param>
/// <param name="Intent">What the contact most likely wants; null when nothing can be said.</param>
/// <param name="Language">The conversation's language.</param>
/// <param name="Sentiment">Smoothed sentiment at the handoff, −1 to 1.</param>
/// <param name="Entities">The values named so far, one of each kind and value.</param>
/// <param name="Asked">What the contact asked and nobody answered, newest last, at most three messages, each cut at 200 characters.</param>
/// <param name="Tried">Titles of the articles that the assistant quoted.</param>
[GenerateSerializer, Immutable, Alias("handoff-summary")]
public sealed record HandoffSummary(
    [property: Id(0)] string Reason,
    [property: Id(1)] IntentPrediction? Intent,
    [property: Id(2)] string Language,
    [property: Id(3)] double Sentiment,
    [property: Id(4)] ImmutableArray<Entity> Entities,
    [property: Id(5)] ImmutableArray<string> Asked,
    [property: Id(6)] ImmutableArray<string> Tried);

/// <summary>A reason to look at a conversation now.</summary>
/// <param name="Kind">What raised it.</param>
/// <param name="Reason">Why, in words with the figures: "Sentiment fell from 0.2 to −0.7 in 3 messages."</param>
/// <param name="Sequence">The message that caused it.</param>
/// <param name="At">When, UTC.</param>
/// <param name="Severity">0 to 1.</param>
[GenerateSerializer, Immutable, Alias("alert")]
public sealed record Alert(
    [property: Id(0)] AlertKind Kind, [property: Id(1)] string Reason, [property: Id(2)] long Sequence, [property: Id(3)] DateTimeOffset At, [property: Id(4)] double Severity);

/// <summary>What raises an alert.</summary>
[GenerateSerializer, Alias("alert-kind")]
public enum AlertKind
{
    /// <summary>Sentiment turned, or is very low.</summary>
    Sentiment,

    /// <summary>The contact asks for a person.</summary>
    PersonRequested,

    /// <summary>The same matter again and again, or a hard one.</summary>
    Complexity,

    /// <summary>The assistant has nothing that supports an answer.</summary>
    Unanswered,
}

/// <summary>One point of a sentiment curve.</summary>
/// <param name="Sequence">The contact's message.</param>
/// <param name="Value">That message alone, −1 to 1.</param>
/// <param name="Smoothed">The conversation so far, −1 to 1.</param>
[GenerateSerializer, Immutable, Alias("sentiment-point")]
public readonly record struct SentimentPoint([property: Id(0)] long Sequence, [property: Id(1)] double Value, [property: Id(2)] double Smoothed);

/// <summary>A conversation in a list.</summary>
/// <param name="Key">Which.</param>
/// <param name="LastSequence">Its newest entry: a row with a smaller one is out of date.</param>
/// <param name="Origin">Who started it, and where.</param>
/// <param name="Status">Where it stands.</param>
/// <param name="Baton">Who may answer.</param>
/// <param name="Language">The conversation's language, ISO 639-1, or <c>und</c>.</param>
/// <param name="Preview">The newest message, one line, at most 140 characters.</param>
/// <param name="PreviewAuthor">Who wrote that.</param>
/// <param name="StartedAt">When it started, UTC.</param>
/// <param name="LastActivityAt">When something last happened, UTC.</param>
/// <param name="WaitingSince">Since when the contact waits for an answer, UTC; null when nobody waits.</param>
/// <param name="Sentiment">The curve's newest points, oldest first, at most 24.</param>
/// <param name="Intent">What the contact most likely wants now; null when nothing can be said.</param>
/// <param name="Complexity">0 (one plain question) to 1.</param>
/// <param name="Alert">The alert that stands; null when none does.</param>
[GenerateSerializer, Immutable, Alias("conversation-row")]
public sealed record ConversationRow(
    [property: Id(0)] ConversationKey Key,
    [property: Id(1)] long LastSequence,
    [property: Id(2)] ConversationOrigin Origin,
    [property: Id(3)] ConversationStatus Status,
    [property: Id(4)] Baton Baton,
    [property: Id(5)] string Language,
    [property: Id(6)] string Preview,
    [property: Id(7)] AuthorKind PreviewAuthor,
    [property: Id(8)] DateTimeOffset StartedAt,
    [property: Id(9)] DateTimeOffset LastActivityAt,
    [property: Id(10)] DateTimeOffset? WaitingSince,
    [property: Id(11)] ImmutableArray<SentimentPoint> Sentiment,
    [property: Id(12)] IntentPrediction? Intent,
    [property: Id(13)] double Complexity,
    [property: Id(14)] Alert? Alert);

/// <summary>A conversation beside its messages: what the desk shows in the context column.</summary>
/// <param name="Row">The row.</param>
/// <param name="Entities">The values named so far, one of each kind and value, newest last, at most 32.</param>
/// <param name="Summary">The newest handoff summary; null before the first handoff.</param>
/// <param name="ReadByContact">The newest sequence number that the contact has seen.</param>
[GenerateSerializer, Immutable, Alias("conversation-view")]
public sealed record ConversationView(
    [property: Id(0)] ConversationRow Row,
    [property: Id(1)] ImmutableArray<Entity> Entities,
    [property: Id(2)] HandoffSummary? Summary,
    [property: Id(3)] long ReadByContact);
