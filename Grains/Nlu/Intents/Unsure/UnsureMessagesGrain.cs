using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace CustomerService.Nlu;

/// <summary>The stored form: newest first.</summary>
[GenerateSerializer, Immutable, Alias("unsure-messages-state")]
internal sealed record UnsureMessageList
{
    [Id(0)]
    public ImmutableArray<UnsureMessage> Messages { get; init; } = [];

    [Id(1)]
    public long LastId { get; init; }

    public UnsureMessageList With(UnsureMessage message, int most)
    {
        var known = Messages.FirstOrDefault(one => one.Text == message.Text);
        var added = message with { Id = known?.Id ?? LastId + 1, Times = message.Times + (known?.Times ?? 0) };
        return this with { Messages = [added, .. Messages.Where(one => one != known).Take(most - 1)], LastId = Math.Max(LastId, added.Id) };
    }
}

[GrainType("unsure-messages")]
internal sealed class UnsureMessagesGrain([PersistentState("unsure-messages")] IPersistentState<UnsureMessageList> state, IOptions<IntentOptions> options) : Grain, IUnsureMessagesGrain
{
    private static readonly Refusal NotFound = new(RefusalKind.NotFound, "intents.message_not_found", "The message is not on the list any more; somebody may have labelled it.");

    private IIntentModelGrain Model => GrainFactory.GetGrain<IIntentModelGrain>(this.GetPrimaryKeyString());

    public Task AddAsync(ImmutableArray<UnsureMessage> messages, CancellationToken cancellationToken) =>
        SaveAsync(messages.Aggregate(state.State, (list, message) => list.With(message, options.Value.MaxUnsure)));

    public Task<ImmutableArray<UnsureMessage>> ListAsync(CancellationToken cancellationToken) => Task.FromResult(state.State.Messages);

    public async Task<Result<LabelledMessage>> LabelAsync(long id, string intent, CancellationToken cancellationToken)
    {
        if (Find(id) is not { } message)
            return NotFound;
        // The example first: a crash between the two leaves a message that can be labelled again.
        var (added, refusal) = await Model.AddAsync([new(message.Text, intent)], cancellationToken);
        if (refusal is not null)
            return refusal;

        await SaveAsync(Without(message));
        return new LabelledMessage(message, added!.Added is [var example] ? example.Id : null);
    }

    public async Task<Result<UnsureMessage>> DismissAsync(long id, CancellationToken cancellationToken)
    {
        if (Find(id) is not { } message)
            return NotFound;

        await SaveAsync(Without(message));
        return message;
    }

    public async Task RestoreAsync(UnsureMessage message, long? example, CancellationToken cancellationToken)
    {
        if (example is { } id)
            await Model.RemoveAsync([id], cancellationToken);
        var others = state.State.Messages.RemoveAll(one => one.Id == message.Id || one.Text == message.Text);
        await SaveAsync(state.State with { Messages = [.. others.Append(message).OrderByDescending(one => one.At).Take(options.Value.MaxUnsure)] });
    }

    private UnsureMessage? Find(long id) => state.State.Messages.FirstOrDefault(message => message.Id == id);

    private UnsureMessageList Without(UnsureMessage message) => state.State with { Messages = state.State.Messages.Remove(message) };

    // A failed write leaves memory ahead of storage: drop the activation so that the next call reads the truth.
    private async Task SaveAsync(UnsureMessageList next)
    {
        state.State = next;
        try { await state.WriteStateAsync(); }
        catch { DeactivateOnIdle(); throw; }
    }
}
