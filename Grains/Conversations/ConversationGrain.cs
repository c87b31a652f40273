using System.Runtime.CompilerServices;
using CustomerService.Agents;
using CustomerService.Nlu;
using CustomerService.Routing;
using CustomerService.Tenancy;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;
using Orleans.Runtime;
using Orleans.Utilities;

namespace CustomerService.Conversations;

/// <summary>The shell around <see cref="Conversation"/>: asks the rules, appends to the journal, tells others.</summary>
[GrainType("conversation")]
internal sealed partial class ConversationGrain(
    IConversationJournal journal, IOptions<ConversationOptions> options, IOptions<TenancyOptions> tenancy, TimeProvider time, ILogger<ConversationGrain> logger) : Grain, IConversationGrain
{
    private const int MaxAttempts = 3;

    private LiveConversation _live = null!;
    private ObserverManager<IConversationObserver>? _watchers;

    private Conversation State => _live.State;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _live = new(await journal.LoadAsync(ConversationKey.Parse(this.GetPrimaryKeyString()), cancellationToken));
        if (State.Exists)
            await ReportAsync();
        if (State.OwesAnswer)
            StartTurn(TimeSpan.Zero);
        _live.Rest();
    }

    public async Task<Result<Posted>> PostAsync(ContactMessage message, CancellationToken cancellationToken)
    {
        if (State.Knows(AuthorKind.Contact, message.DedupId))
            return await RepeatedAsync(AuthorKind.Contact, message.DedupId, cancellationToken);
        if (State.Refuses(message, time.GetUtcNow(), options.Value.ReopenWindow, out _) is { } refusal)
            return refusal;

        var analysis = await UnderstandAsync(message, cancellationToken);
        return await SayAsync(
            AuthorKind.Contact, message.DedupId, (state, now) => state.Post(message, analysis, now, options.Value.ReopenWindow), mayStart: true, cancellationToken);
    }

    public async Task<Result<Posted>> ReplyAsync(AgentProfile agent, string text, string dedupId, CancellationToken cancellationToken)
    {
        if (State.Knows(AuthorKind.Agent, dedupId))
            return await RepeatedAsync(AuthorKind.Agent, dedupId, cancellationToken);

        return await SayAsync(AuthorKind.Agent, dedupId, (state, now) => state.Reply(agent, text, dedupId, now), mayStart: false, cancellationToken);
    }

    public async Task<Result<Posted>> AddNoteAsync(AgentProfile agent, string text, CancellationToken cancellationToken) =>
        Place<NoteAdded>(await ExecuteAsync((state, now) => state.AddNote(agent, text, now)));

    public async Task<Result<Baton>> TakeAsync(AgentProfile agent, CancellationToken cancellationToken) =>
        Now(await ExecuteAsync((state, now) => state.Take(agent, now)), state => state.Baton);

    public async Task<Result<Baton>> HandBackAsync(AgentProfile agent, CancellationToken cancellationToken) =>
        Now(await ExecuteAsync((state, now) => state.HandBack(agent, now)), state => state.Baton);

    public async Task<Result<Baton>> RequestPersonAsync(CancellationToken cancellationToken) =>
        Now(await ExecuteAsync((state, now) => state.RequestPerson(now, options.Value.ReopenWindow)), state => state.Baton);

    public async Task<Result<ConversationStatus>> ResolveAsync(AgentProfile agent, CancellationToken cancellationToken) =>
        Now(await ExecuteAsync((state, now) => state.Resolve(agent, now)), state => state.Status);

    public async Task<Result<ConversationStatus>> ReopenAsync(AgentProfile agent, CancellationToken cancellationToken) =>
        Now(await ExecuteAsync((state, now) => state.Reopen(agent, now)), state => state.Status);

    public async Task<Result<long>> MarkReadAsync(AuthorKind reader, long upTo, CancellationToken cancellationToken) =>
        Now(await ExecuteAsync((state, now) => state.MarkRead(reader, upTo, now)), state => state.ReadUpTo(reader));

    public async Task<Result<ConversationView>> GetAsync(CancellationToken cancellationToken)
    {
        var state = State;
        _live.Rest();
        if (!state.Exists)
            return NotFound;

        var handoff = state.SummarySequence == 0 ? [] : await EntriesAsync(state.SummarySequence - 1, 1, cancellationToken);
        return new ConversationView(state.ToRow(), state.Entities, handoff is [{ Event: BatonPassed passed }] ? passed.Summary : null, state.ReadByContact);
    }

    public async Task<EntryPage> ReadAsync(long after, int limit, CancellationToken cancellationToken) =>
        new(await EntriesAsync(after, Math.Clamp(limit, 1, 200), cancellationToken), _live.LastSequence);

    public Task<long> WatchAsync(IConversationObserver observer, CancellationToken cancellationToken)
    {
        _watchers ??= new(options.Value.WatchExpiry, logger) { GetDateTime = () => time.GetUtcNow().UtcDateTime };
        _watchers.Subscribe(observer, observer);
        return Task.FromResult(_live.LastSequence);
    }

    public Task UnwatchAsync(IConversationObserver observer, CancellationToken cancellationToken)
    {
        _watchers?.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    public Task TypingAsync(Author author, bool isTyping) => _watchers?.Notify(watcher => watcher.TypingAsync(_live.Key, author, isTyping)) ?? Task.CompletedTask;

    private async Task<Analysis?> UnderstandAsync(ContactMessage message, CancellationToken cancellationToken)
    {
        if (!options.Value.Understand)
            return null;

        var hint = State.Language == Languages.Unknown ? null : State.Language;
        try
        {
            var request = new AnalysisRequest(
                message.Text, time.GetUtcNow(), hint, _live.Key.Tenant, _live.Key,
                TimeZone: message.TimeZone ?? tenancy.Value.TimeZone, Country: ZoneCountries.Of(message.TimeZone) ?? tenancy.Value.Country);
            return await GrainFactory.GetGrain<INluGrain>(INluGrain.Key).AnalyzeAsync(request, cancellationToken).WaitAsync(options.Value.AnalysisDeadline, time, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // A message is worth more than what is understood of it.
            LogNotUnderstood(exception, _live.Key, exception.GetType().Name);
            return null;
        }
    }

    // The same message may have come in by another activation: whether it is known is asked of the very state that the command changes.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Result<Posted>> SayAsync(
        AuthorKind author, string dedupId, Func<Conversation, DateTimeOffset, Result<Change>> say, bool mayStart, CancellationToken cancellationToken)
    {
        var stored = await ExecuteAsync((state, now) => state.Knows(author, dedupId) ? state.At(now) : say(state, now), mayStart);
        return stored is { Refusal: null, Value.Entries.IsEmpty: true } ? await RepeatedAsync(author, dedupId, cancellationToken) : Place<MessagePosted>(stored);
    }

    /// <summary>One command: rules, one append, then the others hear of it. Another activation may have been faster: read again, ask again.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Result<Change>> ExecuteAsync(Func<Conversation, DateTimeOffset, Result<Change>> command, bool mayStart = false)
    {
        for (var attempt = 1; ; attempt++)
        {
            var before = State;
            if (!before.Exists && !mayStart)
                return NotFound;

            var (change, refusal) = command(before, time.GetUtcNow());
            if (refusal is not null || change.Entries.IsEmpty)
                return refusal is null ? change : refusal;
            if (await AppendAsync(before, change))
            {
                await TellAsync(before);
                _live.Rest();
                return change;
            }

            LogConflict(_live.Key, attempt);
            await ReadAgainAsync(before);
            if (await IsStoredAsync(change))
                return change;
            if (attempt == MaxAttempts)
                throw new InvalidOperationException("The conversation is written to from elsewhere.");
        }
    }

    // Whoever wrote may be gone, or it was this activation by a commit that was stored and reported as failed: nobody else tells the others.
    private async Task ReadAgainAsync(Conversation before)
    {
        try
        {
            _live = new(await journal.LoadAsync(before.Key, CancellationToken.None));
        }
        catch
        {
            DeactivateOnIdle();
            throw;
        }

        if (_live.LastSequence > before.LastSequence)
            await TellAsync(before);
    }

    // A commit that was stored and reported as failed is tried again by the storage, and then its own entries stand in its way.
    private async Task<bool> IsStoredAsync(Change change)
    {
        var stored = await journal.ReadAsync(_live.Key, change.Entries[0].Sequence - 1, change.Entries.Length, CancellationToken.None);
        return stored.Length == change.Entries.Length && stored.Zip(change.Entries).All(pair => IsSame(pair.First, pair.Second));
    }

    private static bool IsSame(ConversationEntry one, ConversationEntry other) =>
        one.Sequence == other.Sequence && one.At == other.At && ConversationJson.Write(one.Event).AsSpan().SequenceEqual(ConversationJson.Write(other.Event));

    // A failed write leaves the outcome unknown: drop the activation so that the next call reads the truth.
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<bool> AppendAsync(Conversation before, Change change)
    {
        var opens = change.Next.OwesAnswer && !before.OwesAnswer ? OutboxKinds.Turn : OutboxKinds.None;
        var closes = before.OwesAnswer && !change.Next.OwesAnswer ? OutboxKinds.Turn : OutboxKinds.None;
        if (!before.Exists)
            opens |= OutboxKinds.History;
        var append = new JournalAppend(change.Entries, change.Next, opens, closes) { Place = _live };
        try
        {
            if (!await journal.AppendAsync(append))
                return false;
        }
        catch
        {
            DeactivateOnIdle();
            _ = WakeSuccessorAsync();
            throw;
        }

        _live.Follow(append);
        return true;
    }

    private Result<Posted> Place<T>(Result<Change> result) where T : ConversationEvent
    {
        if (result.Refusal is { } refusal)
            return refusal;

        var entry = result.Value.Entries.First(entry => entry.Event is T);
        return new Posted(_live.Key, entry.Sequence, entry.At, IsRepeat: false);
    }

    private ValueTask<ImmutableArray<ConversationEntry>> EntriesAsync(long after, int limit, CancellationToken cancellationToken) =>
        _live.Read(after, limit) is { IsDefault: false } newest ? new(newest) : journal.ReadAsync(_live.Key, after, limit, cancellationToken);

    private Result<T> Now<T>(Result<Change> result, Func<Conversation, T> read) => result.Refusal is { } refusal ? refusal : read(result.Value.Next);

    // Repeats are rare: the journal is searched from its end.
    private async Task<Result<Posted>> RepeatedAsync(AuthorKind author, string dedupId, CancellationToken cancellationToken)
    {
        const int Page = 100;
        for (var before = _live.LastSequence; before > 0; before -= Page)
        {
            var page = await journal.ReadAsync(_live.Key, Math.Max(0, before - Page), (int)Math.Min(Page, before), cancellationToken);
            var known = page.LastOrDefault(entry => entry.Event is MessagePosted { Message: var message } && message.Author.Kind == author && message.DedupId == dedupId);
            if (known is not null)
                return new Posted(_live.Key, known.Sequence, known.At, IsRepeat: true);
        }

        throw new InvalidOperationException("A message that is known is not in the journal.");
    }

    private static readonly Refusal NotFound = new(RefusalKind.NotFound, "conversation.not_found", "There is no such conversation.");

    [LoggerMessage(LogLevel.Warning, "A message to conversation {Conversation} is stored without being understood: {Error}")]
    private partial void LogNotUnderstood(Exception exception, ConversationKey conversation, string error);

    [LoggerMessage(LogLevel.Warning, "Conversation {Conversation} was written to from elsewhere; reading again, attempt {Attempt}")]
    private partial void LogConflict(ConversationKey conversation, int attempt);
}
