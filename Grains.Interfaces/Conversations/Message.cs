using CustomerService.Answers;
using CustomerService.Nlu;

namespace CustomerService.Conversations;

/// <summary>What contact and tenant see.</summary>
/// <param name="Author">Who wrote it.</param>
/// <param name="DedupId">The sender's or provider's id: a repeat among the last 500 changes nothing. 1 to 128 characters.</param>
/// <param name="Text">The text, 1 to 10,000 characters after trimming, without control characters other than line feed and tab.</param>
/// <param name="Analysis">What was understood of it; only on a contact's message, null when it was not analysed.</param>
/// <param name="Answer">How it was composed; only on the assistant's message.</param>
[GenerateSerializer, Immutable, Alias("message")]
public sealed record Message(
    [property: Id(0)] Author Author,
    [property: Id(1)] string DedupId,
    [property: Id(2)] string Text,
    [property: Id(3)] Analysis? Analysis = null,
    [property: Id(4)] Answer? Answer = null);

/// <summary>Who wrote a message or did something.</summary>
/// <param name="Kind">Which side.</param>
/// <param name="Id">The agent's id on <see cref="AuthorKind.Agent"/>; else null.</param>
/// <param name="Name">The name to show; null when there is none.</param>
[GenerateSerializer, Immutable, Alias("author")]
public sealed record Author([property: Id(0)] AuthorKind Kind, [property: Id(1)] string? Id = null, [property: Id(2)] string? Name = null)
{
    /// <summary>The AI that answers for the tenant.</summary>
    public static Author Assistant { get; } = new(AuthorKind.Assistant);

    /// <summary>The platform's own rules.</summary>
    public static Author System { get; } = new(AuthorKind.System);
}

/// <summary>Sides of a conversation.</summary>
[GenerateSerializer, Alias("author-kind")]
public enum AuthorKind
{
    /// <summary>The person who writes to the business.</summary>
    Contact,

    /// <summary>The AI that answers for the tenant.</summary>
    Assistant,

    /// <summary>A person who answers for the tenant.</summary>
    Agent,

    /// <summary>The platform's own rules.</summary>
    System,
}
