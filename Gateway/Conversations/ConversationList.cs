using System.Buffers.Binary;
using System.Buffers.Text;
using CustomerService.Routing;
using CustomerService.Tenancy;
using Microsoft.Extensions.Options;

namespace CustomerService.Conversations;

/// <summary>A page of conversations.</summary>
/// <param name="Items">Newest activity first.</param>
/// <param name="Next">The cursor of the next page, for <c>page[after]</c>; null on the last.</param>
internal sealed record ConversationPage(ImmutableArray<ConversationRow> Items, string? Next);

/// <summary>The live conversations of all shards in one order, kept up to date by what changed since the last request.</summary>
internal sealed class ConversationList(IGrainFactory grains, IOptions<TenancyOptions> tenancy) : IDisposable
{
    private readonly SemaphoreSlim _gate = new(1);
    private readonly ImmutableArray<QueueKey> _shards = QueueKey.All(tenancy.Value.TenantId);
    private readonly long[] _versions = new long[QueueKey.Shards];
    private ImmutableDictionary<ConversationKey, ConversationRow> _rows = ImmutableDictionary<ConversationKey, ConversationRow>.Empty;
    private ImmutableSortedSet<ConversationCursor> _order = ImmutableSortedSet.Create(ConversationCursor.Order);

    /// <summary>Reads a page.</summary>
    /// <param name="filter">Which rows count.</param>
    /// <param name="after">The last row of the page before; null for the first page.</param>
    /// <param name="size">How many rows at most.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    public async Task<ConversationPage> PageAsync(Func<ConversationRow, bool> filter, ConversationCursor? after, int size, CancellationToken cancellationToken)
    {
        var (rows, order) = await RefreshAsync(cancellationToken);
        var start = after is { } cursor ? order.IndexOf(cursor) : -1;
        start = start < 0 && after is not null ? ~start : start + 1;
        var page = ImmutableArray.CreateBuilder<ConversationRow>(size);
        for (var i = start; i < order.Count; i++)
        {
            var row = rows[order[i].Conversation(tenancy.Value.TenantId)];
            if (!filter(row))
                continue;
            if (page.Count == size)
                return new(page.ToImmutable(), ConversationCursor.Of(page[^1]).ToString());
            page.Add(row);
        }

        return new(page.ToImmutable(), null);
    }

    private async Task<(ImmutableDictionary<ConversationKey, ConversationRow> Rows, ImmutableSortedSet<ConversationCursor> Order)> RefreshAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var changes = await Task.WhenAll(_shards.Select(shard => grains.GetGrain<IQueueGrain>(shard.ToString()).GetChangesAsync(_versions[shard.Shard], cancellationToken)));
            foreach (var (shard, change) in _shards.Zip(changes))
                Apply(shard, change);
            return (_rows, _order);
        }
        finally
        {
            _gate.Release();
        }
    }

    private void Apply(QueueKey shard, QueueChanges changes)
    {
        _versions[shard.Shard] = changes.Version;
        IEnumerable<ConversationKey> gone = changes.IsSnapshot ? _rows.Keys.Where(key => QueueKey.Of(key) == shard).ToArray() : changes.Gone;
        foreach (var key in gone)
            Remove(key);
        foreach (var row in changes.Rows)
        {
            Remove(row.Key);
            _rows = _rows.Add(row.Key, row);
            _order = _order.Add(ConversationCursor.Of(row));
        }
    }

    private void Remove(ConversationKey key)
    {
        if (!_rows.TryGetValue(key, out var row))
            return;

        _rows = _rows.Remove(key);
        _order = _order.Remove(ConversationCursor.Of(row));
    }

    public void Dispose() => _gate.Dispose();
}

/// <summary>A row's place in the list: newest activity first, then by id. Its text form is opaque to clients.</summary>
internal readonly record struct ConversationCursor(long Ticks, Guid Id)
{
    private const int Size = 24;

    public static ConversationCursor Of(ConversationRow row) => new(row.LastActivityAt.UtcTicks, row.Key.Id);

    public ConversationKey Conversation(TenantId tenant) => new(tenant, Id);

    public static IComparer<ConversationCursor> Order { get; } =
        Comparer<ConversationCursor>.Create((one, other) => one.Ticks != other.Ticks ? other.Ticks.CompareTo(one.Ticks) : one.Id.CompareTo(other.Id));

    /// <summary>Reads the text form.</summary>
    /// <returns>False when it has another form; true and null when there is none.</returns>
    public static bool TryParse(string? text, out ConversationCursor? cursor)
    {
        cursor = null;
        if (string.IsNullOrEmpty(text))
            return true;

        Span<byte> bytes = stackalloc byte[Size];
        if (!Base64Url.IsValid(text, out var length) || length != Size || !Base64Url.TryDecodeFromChars(text, bytes, out _))
            return false;

        cursor = new(BinaryPrimitives.ReadInt64BigEndian(bytes), new Guid(bytes[8..]));
        return true;
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        BinaryPrimitives.WriteInt64BigEndian(bytes, Ticks);
        Id.TryWriteBytes(bytes[8..]);
        return Base64Url.EncodeToString(bytes);
    }
}
