using CustomerService.Agents;
using CustomerService.Shell;
using Microsoft.Extensions.Logging;

namespace CustomerService.Conversations;

/// <summary>One open conversation as one circuit sees it, live: the newest entries first, earlier ones on demand.</summary>
public sealed class ConversationFeed(
    ConversationKey key, AgentProfile me, IGrainFactory grains, DashboardOptions options, TimeProvider time, ILogger logger) : IConversationObserver, IAsyncDisposable
{
    private const int PageSize = 100;

    private readonly LiveLoop _loop = new(options, time, logger);
    private readonly Dictionary<string, (Author Author, DateTimeOffset Until)> _typing = [];
    private IConversationObserver? _observer;
    private long _read;

    public ConversationKey Key => key;

    public ImmutableList<ConversationEntry> Entries { get; private set; } = [];

    public ConversationView? View { get; private set; }

    public Refusal? Refusal { get; private set; }

    public bool IsStale { get; private set; }

    public bool HasEarlier => Entries is [{ Sequence: > 1 }, ..];

    public IEnumerable<Author> Typing => _typing.Values.Where(t => t.Until > time.GetUtcNow() && t.Author.Id != me.Id.Value).Select(t => t.Author);

    /// <summary>Raised on any thread.</summary>
    public event EventHandler? Changed;

    public IConversationGrain Grain { get; } = grains.GetGrain<IConversationGrain>(key.ToString());

    public void Start()
    {
        _observer = grains.CreateObjectReference<IConversationObserver>(this);
        _loop.Start(token => Grain.WatchAsync(_observer, token), ReadAsync, _ => SetStale(true));
    }

    public void Refresh() => _loop.Wake();

    public Task ChangedAsync(ConversationKey conversation, long lastSequence)
    {
        _loop.Wake();
        return Task.CompletedTask;
    }

    public Task TypingAsync(ConversationKey conversation, Author author, bool isTyping)
    {
        lock (_typing)
            _typing[$"{author.Kind}/{author.Id}"] = (author, isTyping ? time.GetUtcNow() + TypingNotice.Lasts : default);
        Changed?.Invoke(this, EventArgs.Empty);
        return Task.CompletedTask;
    }

    public async Task ReadEarlierAsync()
    {
        var first = Entries[0].Sequence;
        var after = Math.Max(0, first - 1 - PageSize);
        var page = await Grain.ReadAsync(after, (int)(first - 1 - after));
        Entries = Entries.InsertRange(0, page.Entries.Where(e => e.Sequence < first));
        Changed?.Invoke(this, EventArgs.Empty);
    }

    /// <summary>Shows an outcome before the server agrees; the next read puts it right.</summary>
    public void Assume(Func<ConversationRow, ConversationRow> change)
    {
        if (View is { } view)
            View = view with { Row = change(view.Row) };
        Changed?.Invoke(this, EventArgs.Empty);
    }

    public async ValueTask DisposeAsync()
    {
        await _loop.DisposeAsync();
        if (_observer is null)
            return;

        try { await Grain.UnwatchAsync(_observer); }
        catch (Exception fault) when (fault is TimeoutException or InvalidOperationException or OperationCanceledException) { /* the watch expires by itself */ }
        grains.DeleteObjectReference<IConversationObserver>(_observer);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var (view, refusal) = await Grain.GetAsync(cancellationToken);
        var read = view is null ? [] : await ReadNewAsync(view.Row.LastSequence, cancellationToken);
        var changed = IsStale || read.Count > 0 || refusal != Refusal || view != View;
        (Refusal, View, IsStale) = (refusal, view ?? View, false);
        Entries = Entries.AddRange(read);
        if (changed)
            Changed?.Invoke(this, EventArgs.Empty);
        if (Entries.Count > 0)
            await MarkReadAsync(Entries[^1].Sequence, cancellationToken);
    }

    private async Task<List<ConversationEntry>> ReadNewAsync(long last, CancellationToken cancellationToken)
    {
        var after = Entries.Count > 0 ? Entries[^1].Sequence : Math.Max(0, last - PageSize);
        List<ConversationEntry> read = [];
        EntryPage page;
        do
        {
            page = await Grain.ReadAsync(after, PageSize, cancellationToken);
            read.AddRange(page.Entries);
            after = page.Entries.IsEmpty ? page.LastSequence : page.Entries[^1].Sequence;
        }
        while (after < page.LastSequence);
        return read;
    }

    private async Task MarkReadAsync(long upTo, CancellationToken cancellationToken)
    {
        var newest = Entries.FindLastIndex(e => e.Event is MessagePosted { Message.Author.Kind: AuthorKind.Contact });
        if (newest < 0 || Entries[newest].Sequence <= _read)
            return;

        _read = upTo;
        await Grain.MarkReadAsync(AuthorKind.Agent, upTo, cancellationToken);
    }

    private void SetStale(bool isStale)
    {
        IsStale = isStale;
        Changed?.Invoke(this, EventArgs.Empty);
    }
}

/// <summary>How long a typing notice counts without another one.</summary>
internal static class TypingNotice
{
    public static readonly TimeSpan Lasts = TimeSpan.FromSeconds(6);
}
