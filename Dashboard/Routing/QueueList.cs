using CustomerService.Conversations;

namespace CustomerService.Routing;

/// <summary>The rows of one tab in the order in which they stand on the screen. Rows change in place; nothing moves until <see cref="Settle"/>.</summary>
/// <param name="Items">What is shown.</param>
/// <param name="Held">New conversations that wait behind the "3 new" bar.</param>
internal sealed record QueueList(ImmutableArray<QueueItem> Items, int Held)
{
    public static QueueList Empty { get; } = new([], 0);

    /// <summary>Everything in its proper order: who waits for a person first, longest wait on top; then the newest activity.</summary>
    public static QueueList Settle(IEnumerable<ConversationRow> rows) =>
        new([.. rows.OrderBy(NeedsPerson).ThenByDescending(row => row.LastActivityAt).Select(row => new QueueItem(row))], 0);

    /// <summary>Brings the rows up to date without moving one that is shown.</summary>
    /// <param name="rows">What belongs in this tab now.</param>
    /// <param name="selected">The open conversation: neither it nor a row above it may go while it is open.</param>
    /// <param name="isHeld">True to keep new rows behind the bar, because the list is scrolled.</param>
    public QueueList Update(IReadOnlyDictionary<ConversationKey, ConversationRow> rows, ConversationKey? selected, bool isHeld)
    {
        if (Items.IsEmpty)
            return Settle(rows.Values);

        var fixedRows = selected is { } key ? Items.Select(item => item.Row.Key).ToList().IndexOf(key) + 1 : 0;
        var kept = Items
            .Select((item, place) => rows.TryGetValue(item.Row.Key, out var row) ? new QueueItem(row) : place < fixedRows ? item with { HasLeft = true } : null)
            .OfType<QueueItem>().ToList();

        var known = kept.Select(item => item.Row.Key).ToHashSet();
        var arrived = rows.Values.Where(row => !known.Contains(row.Key)).ToList();
        return isHeld || fixedRows > 0
            ? new([.. kept], arrived.Count)
            : new([.. Settle(arrived).Items, .. kept], 0);
    }

    private static DateTimeOffset NeedsPerson(ConversationRow row) =>
        row.Baton.Holder != BatonHolder.Assistant && row.WaitingSince is { } since ? since : DateTimeOffset.MaxValue;
}

/// <summary>A row on the screen.</summary>
/// <param name="Row">The conversation.</param>
/// <param name="HasLeft">True when it no longer belongs here and only keeps its place.</param>
public sealed record QueueItem(ConversationRow Row, bool HasLeft = false);
