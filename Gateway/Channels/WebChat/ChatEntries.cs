using System.Text.Json.Serialization;
using CustomerService.Answers;
using CustomerService.Conversations;

namespace CustomerService.Channels.WebChat;

/// <summary>An entry of the journal as a contact may see it; section 5 of the protocol.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ChatMessage), "message")]
[JsonDerivedType(typeof(ChatBaton), "baton")]
[JsonDerivedType(typeof(ChatRead), "read")]
[JsonDerivedType(typeof(ChatStatus), "status")]
internal abstract record ChatEntry(long Sequence, DateTimeOffset At)
{
    /// <summary>Translates an entry.</summary>
    /// <returns>Null for what is not the contact's to see: notes, alerts, and changes that only agents tell apart.</returns>
    public static ChatEntry? From(ConversationEntry entry) => entry.Event switch
    {
        MessagePosted { Message: { } message } => new ChatMessage(
            entry.Sequence, entry.At, ChatPerson.From(message.Author), message.Text,
            message.Author.Kind is AuthorKind.Contact ? message.DedupId : null, message.Answer?.Language, Sentences(message.Answer)),
        BatonPassed passed when ChatPerson.From(passed.From) != ChatPerson.From(passed.To) => new ChatBaton(entry.Sequence, entry.At, ChatPerson.From(passed.To)),
        MessagesRead read => new ChatRead(entry.Sequence, entry.At, Name(read.Reader), read.UpTo),
        StatusChanged changed when Name(changed.From) != Name(changed.To) => new ChatStatus(entry.Sequence, entry.At, Name(changed.To)),
        _ => null,
    };

    public static string Name(ConversationStatus status) => status is ConversationStatus.Resolved ? "resolved" : "open";

    private static string Name(AuthorKind kind) => kind is AuthorKind.Contact ? "contact" : "agent";

    private static ImmutableArray<ChatSentence>? Sentences(Answer? answer) =>
        answer is null ? null : [.. answer.Sentences.Select(sentence => new ChatSentence(sentence.Text, [.. sentence.Citations.Select(ChatCitation.From)]))];
}

internal sealed record ChatMessage(long Sequence, DateTimeOffset At, ChatPerson Author, string Text, string? Id, string? Language, ImmutableArray<ChatSentence>? Sentences)
    : ChatEntry(Sequence, At);

internal sealed record ChatBaton(long Sequence, DateTimeOffset At, ChatPerson Holder) : ChatEntry(Sequence, At);

internal sealed record ChatRead(long Sequence, DateTimeOffset At, string Reader, long UpTo) : ChatEntry(Sequence, At);

internal sealed record ChatStatus(long Sequence, DateTimeOffset At, string Status) : ChatEntry(Sequence, At);

internal sealed record ChatSentence(string Text, ImmutableArray<ChatCitation> Citations);

internal sealed record ChatCitation(string Article, string Version, string Title, string HeadingPath)
{
    public static ChatCitation From(Citation citation) => new(citation.Article.Value, citation.Version, citation.Title, citation.HeadingPath);
}

/// <summary>Who writes or answers, as a contact sees it: of an agent the first word of the name, never the id.</summary>
internal sealed record ChatPerson(string Kind, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Name)
{
    public static readonly ChatPerson Assistant = new("assistant", null);

    public static ChatPerson From(Author author) => author.Kind switch
    {
        AuthorKind.Contact => new("contact", null),
        AuthorKind.Assistant => Assistant,
        AuthorKind.Agent => new("agent", FirstName(author.Name)),
        _ => new("system", null),
    };

    public static ChatPerson From(Baton baton) => baton.Holder switch
    {
        BatonHolder.Assistant => Assistant,
        BatonHolder.Queue => new("queue", null),
        _ => new("agent", FirstName(baton.AgentName)),
    };

    private static string? FirstName(string? name) => name?.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).FirstOrDefault();
}
