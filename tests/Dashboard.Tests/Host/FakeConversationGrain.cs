using CustomerService.Agents;
using CustomerService.Contacts;
using CustomerService.Conversations;
using CustomerService.Routing;
using Microsoft.Extensions.Logging;
using Orleans.Utilities;

namespace CustomerService.Host;

/// <summary>Stands in for the conversation: the contract's answers over <see cref="FakeConversation"/>.</summary>
internal sealed class FakeConversationGrain(DeskWorld world, ILogger<FakeConversationGrain> logger) : Grain, IConversationGrain
{
    private static readonly Refusal NotFound = new(RefusalKind.NotFound, "conversation.not_found", "It was never started, or its address is mistyped.");
    private static readonly Refusal NotHeld = new(RefusalKind.Conflict, "baton.not_held", "You do not hold this conversation. Take it over first.");
    private static readonly Refusal HeldByOther = new(RefusalKind.Forbidden, "baton.held_by_other", "A colleague holds this conversation. Only a supervisor may take it.");

    private readonly ObserverManager<IConversationObserver> _watchers = new(TimeSpan.FromMinutes(5), logger);

    private ConversationKey Key => ConversationKey.Parse(this.GetPrimaryKeyString());

    private DateTimeOffset Now => world.Time.GetUtcNow();

    public Task<Result<Posted>> PostAsync(ContactMessage message, CancellationToken cancellationToken) =>
        ChangeAsync<Posted>(world.FindOrStart(Key, message.Origin), c => c.Post(new(AuthorKind.Contact, Name: message.Origin.ContactName), message.Text, message.DedupId, Now));

    public Task<Result<Posted>> ReplyAsync(AgentProfile agent, string text, string dedupId, CancellationToken cancellationToken) =>
        ChangeAsync<Posted>(world.Find(Key), c => c.Baton.Agent == agent.Id.Value ? c.Post(FakeConversation.AuthorOf(agent), text, dedupId, Now) : NotHeld);

    public Task<Result<Posted>> AddNoteAsync(AgentProfile agent, string text, CancellationToken cancellationToken) =>
        ChangeAsync<Posted>(world.Find(Key), c => c.Note(agent, text, Now));

    public Task<Result<Baton>> TakeAsync(AgentProfile agent, CancellationToken cancellationToken) =>
        ChangeAsync<Baton>(world.Find(Key), c => c.Baton.Agent is { } holder && holder != agent.Id.Value && agent.Role == AgentRole.Agent
            ? HeldByOther
            : c.Pass(agent.Role == AgentRole.Agent ? BatonHolder.Agent : BatonHolder.Supervisor, agent, FakeConversation.AuthorOf(agent), "Taken over.", Now));

    public Task<Result<Baton>> HandBackAsync(AgentProfile agent, CancellationToken cancellationToken) =>
        ChangeAsync<Baton>(world.Find(Key), c => c.Pass(BatonHolder.Assistant, null, FakeConversation.AuthorOf(agent), "Handed back.", Now));

    public Task<Result<Baton>> RequestPersonAsync(CancellationToken cancellationToken) =>
        ChangeAsync<Baton>(world.Find(Key), c => c.Pass(BatonHolder.Queue, null, Author.System, "The contact asks for a person.", Now));

    public Task<Result<ConversationStatus>> ResolveAsync(AgentProfile agent, CancellationToken cancellationToken) =>
        ChangeAsync<ConversationStatus>(world.Find(Key), c => c.SetStatus(ConversationStatus.Resolved, agent, Now));

    public Task<Result<ConversationStatus>> ReopenAsync(AgentProfile agent, CancellationToken cancellationToken) =>
        ChangeAsync<ConversationStatus>(world.Find(Key), c =>
        {
            c.SetStatus(ConversationStatus.Open, agent, Now);
            c.Pass(BatonHolder.Agent, agent, FakeConversation.AuthorOf(agent), "Reopened.", Now);
            return ConversationStatus.Open;
        });

    public Task<Result<long>> MarkReadAsync(AuthorKind reader, long upTo, CancellationToken cancellationToken) =>
        ChangeAsync<long>(world.Find(Key), c => c.MarkRead(reader, upTo, Now));

    public Task TypingAsync(Author author, bool isTyping) => _watchers.Notify(w => w.TypingAsync(Key, author, isTyping));

    public Task<Result<ConversationView>> GetAsync(CancellationToken cancellationToken) =>
        world.IsBroken ? throw new TimeoutException() : Task.FromResult<Result<ConversationView>>(world.Find(Key) is { } c ? c.View : NotFound);

    public Task<EntryPage> ReadAsync(long after, int limit, CancellationToken cancellationToken) =>
        Task.FromResult(world.Find(Key) is { } c
            ? new EntryPage([.. c.Entries.Where(e => e.Sequence > after).Take(limit)], c.Last)
            : new EntryPage([], 0));

    public Task<long> WatchAsync(IConversationObserver observer, CancellationToken cancellationToken)
    {
        _watchers.Subscribe(observer, observer);
        return Task.FromResult(world.Find(Key)?.Last ?? 0);
    }

    public Task UnwatchAsync(IConversationObserver observer, CancellationToken cancellationToken)
    {
        _watchers.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    private async Task<Result<T>> ChangeAsync<T>(FakeConversation? conversation, Func<FakeConversation, Result<T>> change)
    {
        if (conversation is null)
            return NotFound;

        if (world.IsBroken)
            throw new IOException("Storage is away.");

        var before = conversation.Last;
        var result = change(conversation);
        if (conversation.Last == before)
            return result;

        await _watchers.Notify(w => w.ChangedAsync(Key, conversation.Last));
        await GrainFactory.GetGrain<IQueueGrain>(QueueKey.Of(Key).ToString()).ReportAsync(conversation.Row);
        return result;
    }
}
