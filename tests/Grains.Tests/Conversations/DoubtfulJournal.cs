using CustomerService.Routing;

namespace CustomerService.Conversations;

/// <summary>A journal that stores an append and does not say so.</summary>
internal sealed class DoubtfulJournal : IConversationJournal
{
    private readonly MemoryJournal _journal = new();
    private volatile TaskCompletionSource _appended = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What becomes of the next append after it is stored.</summary>
    public Doubt Next { get; set; }

    public async ValueTask<bool> AppendAsync(JournalAppend append)
    {
        var (doubt, isStored) = (Next, await _journal.AppendAsync(append));
        Next = Doubt.None;
        Interlocked.Exchange(ref _appended, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();
        return doubt switch
        {
            Doubt.ReportedAsFailed => throw new IOException("The write was not stored, or was it?"),
            // The storage has tried again by itself, and its first try stood in the way.
            Doubt.TriedAgain => await _journal.AppendAsync(append),
            _ => isStored,
        };
    }

    /// <summary>The entries once they are as wanted, without a call that would wake the conversation.</summary>
    public async Task<ImmutableArray<ConversationEntry>> UntilAsync(ConversationKey key, Func<ImmutableArray<ConversationEntry>, bool> wanted)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (true)
        {
            var appended = _appended.Task;
            var entries = await ReadAsync(key, 0, int.MaxValue, patience.Token);
            if (wanted(entries))
                return entries;
            await appended.WaitAsync(patience.Token);
        }
    }

    public ValueTask<Conversation> LoadAsync(ConversationKey key, CancellationToken cancellationToken) => _journal.LoadAsync(key, cancellationToken);

    public ValueTask<ImmutableArray<ConversationEntry>> ReadAsync(ConversationKey key, long after, int limit, CancellationToken cancellationToken) =>
        _journal.ReadAsync(key, after, limit, cancellationToken);

    public ValueTask<ImmutableArray<ConversationRow>> ListOpenAsync(QueueKey queue, CancellationToken cancellationToken) => _journal.ListOpenAsync(queue, cancellationToken);

    public ValueTask<ImmutableArray<OutboxItem>> ListOutboxAsync(CancellationToken cancellationToken) => _journal.ListOutboxAsync(cancellationToken);

    public ValueTask CompleteAsync(OutboxItem item) => _journal.CompleteAsync(item);
}

public enum Doubt
{
    None,
    ReportedAsFailed,
    TriedAgain,
}
