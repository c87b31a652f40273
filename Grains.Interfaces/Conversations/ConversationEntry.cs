using System.Text.Json.Serialization;

namespace CustomerService.Conversations;

/// <summary>One line of a conversation's journal: the only truth about it.</summary>
/// <param name="Sequence">Place in the conversation, from 1, without gaps.</param>
/// <param name="At">When it was stored, UTC.</param>
/// <param name="Event">What happened.</param>
[GenerateSerializer, Immutable, Alias("entry")]
public sealed record ConversationEntry([property: Id(0)] long Sequence, [property: Id(1)] DateTimeOffset At, [property: Id(2)] ConversationEvent Event);

/// <summary>Something that happened in a conversation.</summary>
[GenerateSerializer, Immutable, Alias("event")]
[JsonPolymorphic(TypeDiscriminatorPropertyName = "type")]
[JsonDerivedType(typeof(ConversationStarted), "started")]
[JsonDerivedType(typeof(MessagePosted), "message")]
[JsonDerivedType(typeof(NoteAdded), "note")]
[JsonDerivedType(typeof(BatonPassed), "baton")]
[JsonDerivedType(typeof(StatusChanged), "status")]
[JsonDerivedType(typeof(AlertRaised), "alert")]
[JsonDerivedType(typeof(MessagesRead), "read")]
public abstract record ConversationEvent;

/// <summary>A contact wrote for the first time; always entry 1.</summary>
/// <param name="Origin">Who, and where.</param>
[GenerateSerializer, Immutable, Alias("started")]
public sealed record ConversationStarted([property: Id(0)] ConversationOrigin Origin) : ConversationEvent;

/// <summary>A message was posted.</summary>
/// <param name="Message">The message.</param>
[GenerateSerializer, Immutable, Alias("message-posted")]
public sealed record MessagePosted([property: Id(0)] Message Message) : ConversationEvent;

/// <summary>An agent wrote something that only agents see.</summary>
/// <param name="Author">Who wrote it.</param>
/// <param name="Text">The note.</param>
[GenerateSerializer, Immutable, Alias("note-added")]
public sealed record NoteAdded([property: Id(0)] Author Author, [property: Id(1)] string Text) : ConversationEvent;

/// <summary>The right to answer moved.</summary>
/// <param name="From">Who held it.</param>
/// <param name="To">Who holds it now.</param>
/// <param name="By">Who moved it.</param>
/// <param name="Reason">Why, one plain English sentence.</param>
/// <param name="Summary">What the next holder needs to know; always there on a handoff to people.</param>
[GenerateSerializer, Immutable, Alias("baton-passed")]
public sealed record BatonPassed(
    [property: Id(0)] Baton From,
    [property: Id(1)] Baton To,
    [property: Id(2)] Author By,
    [property: Id(3)] string Reason,
    [property: Id(4)] HandoffSummary? Summary) : ConversationEvent;

/// <summary>The status changed.</summary>
/// <param name="From">The status before.</param>
/// <param name="To">The status now.</param>
/// <param name="By">Who changed it.</param>
[GenerateSerializer, Immutable, Alias("status-changed")]
public sealed record StatusChanged(
    [property: Id(0)] ConversationStatus From, [property: Id(1)] ConversationStatus To, [property: Id(2)] Author By) : ConversationEvent;

/// <summary>Agents should look.</summary>
/// <param name="Alert">Why.</param>
[GenerateSerializer, Immutable, Alias("alert-raised")]
public sealed record AlertRaised([property: Id(0)] Alert Alert) : ConversationEvent;

/// <summary>A side saw the messages up to a place.</summary>
/// <param name="Reader">Who read.</param>
/// <param name="UpTo">The newest sequence number seen.</param>
[GenerateSerializer, Immutable, Alias("messages-read")]
public sealed record MessagesRead([property: Id(0)] AuthorKind Reader, [property: Id(1)] long UpTo) : ConversationEvent;
