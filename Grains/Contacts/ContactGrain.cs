using CustomerService.Conversations;
using Orleans.Runtime;

namespace CustomerService.Contacts;

/// <summary>What is kept of a contact.</summary>
[GenerateSerializer, Immutable, Alias("contact-state")]
internal sealed record Contact
{
    public const int MaxConversations = 50;
    public const int MaxIdentities = 50;

    [Id(0)]
    public string? Name { get; init; }

    [Id(1)]
    public bool IsVerified { get; init; }

    [Id(2)]
    public ImmutableArray<ContactChannelKey> Identities { get; init; } = [];

    [Id(3)]
    public ImmutableArray<PastConversation> Conversations { get; init; } = [];

    /// <summary>The contact with a conversation more; itself when it has it already.</summary>
    public Contact With(ConversationKey conversation, ConversationOrigin origin, DateTimeOffset at)
    {
        if (Conversations.Any(past => past.Key == conversation))
            return this;

        var isKnown = Identities.Contains(origin.Channel);
        return this with
        {
            Name = origin.ContactName ?? Name,
            IsVerified = IsVerified || origin.IsVerified,
            Identities = isKnown ? Identities : [.. Identities.TakeLast(MaxIdentities - 1), origin.Channel],
            Conversations = [.. Conversations.Append(new(conversation, at)).OrderByDescending(past => past.StartedAt).Take(MaxConversations)],
        };
    }
}

[GrainType("contact")]
internal sealed class ContactGrain([PersistentState("contact")] IPersistentState<Contact> state) : Grain, IContactGrain
{
    public async Task RecordConversationAsync(ConversationKey conversation, ConversationOrigin origin, DateTimeOffset at, CancellationToken cancellationToken)
    {
        // Most contacts are not looked at while they write: the record is in storage, and nobody needs it in memory.
        DeactivateOnIdle();
        var next = state.State.With(conversation, origin, at);
        if (ReferenceEquals(next, state.State))
            return;

        state.State = next;
        await state.WriteStateAsync(cancellationToken);
    }

    public Task<Result<ContactProfile>> GetAsync(CancellationToken cancellationToken)
    {
        var contact = state.State;
        return Task.FromResult<Result<ContactProfile>>(state.RecordExists
            ? new ContactProfile(ContactKey.Parse(this.GetPrimaryKeyString()), contact.Name, contact.IsVerified, contact.Identities, contact.Conversations)
            : new Refusal(RefusalKind.NotFound, "contact.not_found", "There is no such contact."));
    }
}
