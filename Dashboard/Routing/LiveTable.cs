using CustomerService.Conversations;

namespace CustomerService.Routing;

/// <summary>The supervisor's table: which rows, in which order, and the totals above it.</summary>
public sealed record LiveTable(LiveColumn Sort = LiveColumn.Waiting, bool IsDescending = true, string Search = "", BatonHolder? Holder = null)
{
    /// <summary>A second click on a column turns the order round; a first one starts with what needs a look.</summary>
    public LiveTable SortedBy(LiveColumn column) =>
        this with { Sort = column, IsDescending = column == Sort ? !IsDescending : column is LiveColumn.Waiting or LiveColumn.Alert or LiveColumn.Activity };

    public ImmutableArray<ConversationRow> Of(IEnumerable<ConversationRow> rows, DateTimeOffset now)
    {
        var found = rows.Where(row => (Holder is not { } holder || row.Baton.Holder == holder) && row.Matches(Search.Trim()));
        var sorted = Sort switch
        {
            LiveColumn.Contact => By(found, row => row.Origin.ContactName ?? ""),
            LiveColumn.Holder => By(found, row => $"{(int)row.Baton.Holder}{row.Baton.AgentName}"),
            LiveColumn.Sentiment => By(found, row => row.Sentiment.IsDefaultOrEmpty ? 0 : row.Sentiment[^1].Smoothed),
            LiveColumn.Alert => By(found, row => row.Alert?.Severity ?? -1),
            LiveColumn.Activity => By(found, row => row.LastActivityAt.UtcTicks),
            _ => By(found, row => row.WaitingSince is { } since ? (now - since).Ticks : -1),
        };
        return [.. sorted.ThenBy(row => row.StartedAt).ThenBy(row => row.Key.Id)];
    }

    private IOrderedEnumerable<ConversationRow> By<T>(IEnumerable<ConversationRow> rows, Func<ConversationRow, T> key) =>
        IsDescending ? rows.OrderByDescending(key) : rows.OrderBy(key);
}

/// <summary>Columns that can be sorted by.</summary>
public enum LiveColumn
{
    Contact,
    Holder,
    Waiting,
    Sentiment,
    Alert,
    Activity,
}

/// <summary>The figures above the supervisor's table.</summary>
/// <param name="Open">Conversations that are not resolved.</param>
/// <param name="Waiting">Contacts who wait for an answer.</param>
/// <param name="LongestWait">How long the longest has waited; null when nobody waits.</param>
/// <param name="Alerts">Conversations with an alert.</param>
/// <param name="ByHolder">How many each side holds.</param>
internal sealed record LiveTotals(int Open, int Waiting, TimeSpan? LongestWait, int Alerts, ImmutableDictionary<BatonHolder, int> ByHolder)
{
    public static LiveTotals Of(IReadOnlyCollection<ConversationRow> rows, DateTimeOffset now) => new(
        rows.Count,
        rows.Count(row => row.WaitingSince is not null),
        rows.Min(row => row.WaitingSince) is { } since ? now - since : null,
        rows.Count(row => row.Alert is not null),
        rows.GroupBy(row => row.Baton.Holder).ToImmutableDictionary(group => group.Key, group => group.Count()));

    public int HeldBy(BatonHolder holder) => ByHolder.GetValueOrDefault(holder);
}
