using CustomerService.Conversations;

namespace CustomerService.Routing;

/// <summary>Tells which alerts are new since it was asked last. What stood at the first look is not news.</summary>
internal sealed class AlertWatch
{
    private Dictionary<ConversationKey, long>? _known;

    public IReadOnlyList<ConversationRow> New(IEnumerable<ConversationRow> rows)
    {
        var standing = rows.Where(row => row.Alert is not null).ToList();
        var news = _known is { } known ? standing.Where(row => known.GetValueOrDefault(row.Key) < row.Alert!.Sequence).ToList() : [];
        _known = standing.ToDictionary(row => row.Key, row => row.Alert!.Sequence);
        return news;
    }
}
