using CustomerService.Conversations;
using Orleans.Concurrency;
using Orleans.Runtime;

namespace CustomerService.Contacts;

/// <summary>Which contact and which conversation an address belongs to.</summary>
[GenerateSerializer, Immutable, Alias("contact-channel-state")]
internal sealed record ContactChannel
{
    [Id(0)]
    public ContactKey? Contact { get; init; }

    [Id(1)]
    public ConversationKey? Current { get; init; }

    [Id(2)]
    public string? Name { get; init; }

    [Id(3)]
    public bool IsVerified { get; init; }
}

/// <summary>Decides the conversation once and forwards. Reentrant: posts run side by side, and reach the conversation in the order they came.</summary>
[GrainType("contact-channel"), Reentrant]
internal sealed class ContactChannelGrain(
    [PersistentState("contact-channel")] IPersistentState<ContactChannel> state, NewId newId, TimeProvider time) : Grain, IContactChannelGrain
{
    private Task? _opening;
    private ContactChannelKey _key;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _key = ContactChannelKey.Parse(this.GetPrimaryKeyString());
        return Task.CompletedTask;
    }

    public async Task<Result<Posted>> PostAsync(IncomingMessage message, CancellationToken cancellationToken)
    {
        if (NeedsSaving(message) || _opening is not null)
            await OpenAsync(message, closed: null);

        var conversation = state.State.Current!.Value;
        var result = await ForwardAsync(conversation, message, cancellationToken);
        if (result.Refusal?.Code != "conversation.closed")
            return result;

        await OpenAsync(message, closed: conversation);
        return await ForwardAsync(state.State.Current!.Value, message, cancellationToken);
    }

    public Task<ConversationKey?> GetCurrentAsync(CancellationToken cancellationToken) => Task.FromResult(state.State.Current);

    private Task<Result<Posted>> ForwardAsync(ConversationKey conversation, IncomingMessage message, CancellationToken cancellationToken)
    {
        var origin = new ConversationOrigin(state.State.Contact!.Value, _key, message.Kind, state.State.Name, state.State.IsVerified);
        return GrainFactory.GetGrain<IConversationGrain>(conversation.ToString()).PostAsync(new(origin, message.DedupId, message.Text, message.TimeZone), cancellationToken);
    }

    private bool NeedsSaving(IncomingMessage message) =>
        state.State.Current is null || (message.ContactName is { } name && name != state.State.Name) || (message.IsVerified && !state.State.IsVerified);

    // One write at a time; whoever comes meanwhile waits for it, in order, and then looks again.
    private async Task OpenAsync(IncomingMessage message, ConversationKey? closed)
    {
        while (_opening is { } opening)
            await opening;
        if (!NeedsSaving(message) && state.State.Current != closed)
            return;

        _opening = SaveAsync(message, closed);
        try
        {
            await _opening;
        }
        finally
        {
            _opening = null;
        }
    }

    // Version 7 ids grow with time: conversations that live at the same time lie together in the index.
    private async Task SaveAsync(IncomingMessage message, ConversationKey? closed)
    {
        var before = state.State;
        var isOpen = before.Current is not null && before.Current != closed;
        state.State = new()
        {
            Contact = before.Contact ?? new(_key.Tenant, newId(time.GetUtcNow())),
            Current = isOpen ? before.Current : new(_key.Tenant, newId(time.GetUtcNow())),
            Name = message.ContactName ?? before.Name,
            IsVerified = message.IsVerified || before.IsVerified,
        };
        try
        {
            await state.WriteStateAsync();
        }
        catch
        {
            state.State = before;
            DeactivateOnIdle();
            throw;
        }
    }
}
