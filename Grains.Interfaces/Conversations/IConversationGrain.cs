using CustomerService.Agents;
using Orleans.Concurrency;

namespace CustomerService.Conversations;

/// <summary>One conversation between a contact and the business, whatever channels it crosses.</summary>
/// <remarks>
/// Key: <see cref="ConversationKey"/>. Calls run one at a time; reads interleave with reads. Every change is in the journal before the call returns.
/// Every method but <see cref="PostAsync"/> answers <see cref="RefusalKind.NotFound"/> <c>conversation.not_found</c> before the first message.
/// </remarks>
[Alias("conversation")]
public interface IConversationGrain : IGrainWithStringKey
{
    /// <summary>Appends a contact's message; the first one starts the conversation.</summary>
    /// <param name="message">The message and where it comes from.</param>
    /// <param name="cancellationToken">Ends the call; the message may be stored all the same, repeat it with its <see cref="ContactMessage.DedupId"/>.</param>
    /// <returns>
    /// Where it was stored; or <see cref="RefusalKind.Invalid"/> <c>message.empty</c>, <c>message.too_long</c>, <c>message.dedup_id</c>; or
    /// <see cref="RefusalKind.Conflict"/> <c>conversation.closed</c> when it was resolved longer ago than <c>Conversations:ReopenWindow</c>.
    /// </returns>
    [Alias("post")]
    Task<Result<Posted>> PostAsync(ContactMessage message, CancellationToken cancellationToken = default);

    /// <summary>Sends an agent's message to the contact.</summary>
    /// <param name="agent">Who replies; must hold the baton.</param>
    /// <param name="text">The text, 1 to 10,000 characters.</param>
    /// <param name="dedupId">The sender's id: a repeat changes nothing.</param>
    /// <param name="cancellationToken">Ends the call; the message may be stored all the same.</param>
    /// <returns>Where it was stored; or <see cref="RefusalKind.Conflict"/> <c>baton.not_held</c>; or the refusals of a message.</returns>
    [Alias("reply")]
    Task<Result<Posted>> ReplyAsync(AgentProfile agent, string text, string dedupId, CancellationToken cancellationToken = default);

    /// <summary>Adds a note that only agents see. Needs no baton.</summary>
    /// <param name="agent">Who writes.</param>
    /// <param name="text">The text, 1 to 10,000 characters.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Where it was stored.</returns>
    [Alias("note")]
    Task<Result<Posted>> AddNoteAsync(AgentProfile agent, string text, CancellationToken cancellationToken = default);

    /// <summary>Takes the baton.</summary>
    /// <param name="agent">Who takes it. From another person only a supervisor or administrator may.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The baton now held; or <see cref="RefusalKind.Forbidden"/> <c>baton.held_by_other</c>; or <see cref="RefusalKind.Conflict"/> <c>conversation.closed</c>.</returns>
    [Alias("take")]
    Task<Result<Baton>> TakeAsync(AgentProfile agent, CancellationToken cancellationToken = default);

    /// <summary>Gives the baton back to the assistant.</summary>
    /// <param name="agent">Who gives it; must hold it, or be a supervisor or administrator.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The baton now; or <see cref="RefusalKind.Conflict"/> <c>baton.not_held</c>.</returns>
    [Alias("hand-back")]
    Task<Result<Baton>> HandBackAsync(AgentProfile agent, CancellationToken cancellationToken = default);

    /// <summary>The contact asks for a person: the assistant hands over. Nothing changes when a person already has it.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The baton now.</returns>
    [Alias("request-person")]
    Task<Result<Baton>> RequestPersonAsync(CancellationToken cancellationToken = default);

    /// <summary>Marks the conversation as done. The baton goes back to the assistant, so that a later message is answered.</summary>
    /// <param name="agent">Who resolves it; when another person holds the baton only a supervisor or administrator may.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The status now; repeating changes nothing.</returns>
    [Alias("resolve")]
    Task<Result<ConversationStatus>> ResolveAsync(AgentProfile agent, CancellationToken cancellationToken = default);

    /// <summary>Undoes <see cref="ResolveAsync"/>: the conversation is open and the agent holds the baton.</summary>
    /// <param name="agent">Who reopens it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The status now; repeating changes nothing.</returns>
    [Alias("reopen")]
    Task<Result<ConversationStatus>> ReopenAsync(AgentProfile agent, CancellationToken cancellationToken = default);

    /// <summary>Records that a side saw the messages up to a place.</summary>
    /// <param name="reader"><see cref="AuthorKind.Contact"/> or <see cref="AuthorKind.Agent"/>.</param>
    /// <param name="upTo">The newest sequence number seen; smaller than before changes nothing.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The newest sequence number now known as seen.</returns>
    [Alias("mark-read")]
    Task<Result<long>> MarkReadAsync(AuthorKind reader, long upTo, CancellationToken cancellationToken = default);

    /// <summary>Tells watchers that somebody is typing. Not stored.</summary>
    /// <param name="author">Who types.</param>
    /// <param name="isTyping">False when they stopped.</param>
    [Alias("typing"), OneWay, AlwaysInterleave]
    Task TypingAsync(Author author, bool isTyping);

    /// <summary>The conversation without its entries.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The view.</returns>
    [Alias("view"), ReadOnly]
    Task<Result<ConversationView>> GetAsync(CancellationToken cancellationToken = default);

    /// <summary>Reads journal entries, in order: how every consumer catches up.</summary>
    /// <param name="after">Entries with a greater sequence number; 0 for the first.</param>
    /// <param name="limit">How many at most, 1 to 200.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The entries; empty, not refused, when the conversation does not exist.</returns>
    [Alias("read"), ReadOnly]
    Task<EntryPage> ReadAsync(long after, int limit, CancellationToken cancellationToken = default);

    /// <summary>Wakes an observer after every change until it goes or <c>Conversations:WatchExpiry</c> passes; repeat the call to renew it.</summary>
    /// <param name="observer">Whom to wake. A wake-up can be lost: read from the position last seen, also on a slow interval.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The newest sequence number, so that nothing falls between reading and watching.</returns>
    [Alias("watch"), AlwaysInterleave]
    Task<long> WatchAsync(IConversationObserver observer, CancellationToken cancellationToken = default);

    /// <summary>Stops waking an observer.</summary>
    /// <param name="observer">Whom.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("unwatch"), AlwaysInterleave]
    Task UnwatchAsync(IConversationObserver observer, CancellationToken cancellationToken = default);
}

/// <summary>Is told that a conversation changed; best effort.</summary>
[Alias("conversation-observer")]
public interface IConversationObserver : IGrainObserver
{
    /// <summary>There are entries up to a place.</summary>
    /// <param name="conversation">Which conversation.</param>
    /// <param name="lastSequence">Its newest entry.</param>
    [Alias("changed"), OneWay]
    Task ChangedAsync(ConversationKey conversation, long lastSequence);

    /// <summary>Somebody types, or stopped.</summary>
    /// <param name="conversation">Which conversation.</param>
    /// <param name="author">Who.</param>
    /// <param name="isTyping">False when they stopped.</param>
    [Alias("typing"), OneWay]
    Task TypingAsync(ConversationKey conversation, Author author, bool isTyping);
}

/// <summary>A contact's message on its way into a conversation.</summary>
/// <param name="Origin">Who wrote, and where.</param>
/// <param name="DedupId">The provider's or client's id: a repeat among the last 500 changes nothing. 1 to 128 characters.</param>
/// <param name="Text">The text.</param>
/// <param name="TimeZone">The contact's time zone, an IANA name, as far as it is known; for understanding alone, it is not stored.</param>
[GenerateSerializer, Immutable, Alias("contact-message")]
public sealed record ContactMessage([property: Id(0)] ConversationOrigin Origin, [property: Id(1)] string DedupId, [property: Id(2)] string Text, [property: Id(3)] string? TimeZone = null);

/// <summary>Where something was stored.</summary>
/// <param name="Conversation">The conversation.</param>
/// <param name="Sequence">Its place there.</param>
/// <param name="At">When it was stored, UTC.</param>
/// <param name="IsRepeat">True when it had been stored before and nothing changed.</param>
[GenerateSerializer, Immutable, Alias("posted")]
public sealed record Posted(
    [property: Id(0)] ConversationKey Conversation, [property: Id(1)] long Sequence, [property: Id(2)] DateTimeOffset At, [property: Id(3)] bool IsRepeat);

/// <summary>Entries of a conversation.</summary>
/// <param name="Entries">In order, without gaps.</param>
/// <param name="LastSequence">The conversation's newest entry; greater than the last of <paramref name="Entries"/> when there is more.</param>
[GenerateSerializer, Immutable, Alias("entry-page")]
public sealed record EntryPage([property: Id(0)] ImmutableArray<ConversationEntry> Entries, [property: Id(1)] long LastSequence);
