using CustomerService.Conversations;
using Microsoft.AspNetCore.Components;

namespace CustomerService.Routing;

/// <summary>The supervisor's page: every open conversation, live.</summary>
public sealed partial class Live
{
    private const int Step = 200;

    private static readonly TimeSpan ClockInterval = TimeSpan.FromSeconds(20);

    private LiveTable _table = new();
    private LiveTotals? _totals;
    private ImmutableArray<ConversationRow>? _rows;
    private ITimer? _clock;
    private int _limit = Step;

    [Inject] private QueueFeed Feed { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    private string Search
    {
        get => _table.Search;
        set => Show(_table with { Search = value });
    }

    private BatonHolder? Holder
    {
        get => _table.Holder;
        set => Show(_table with { Holder = value });
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Feed.Changed -= OnChanged;
        _clock?.Dispose();
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender)
            return;

        Feed.Changed += OnChanged;
        Feed.Start();
        _clock = Time.CreateTimer(_ => OnChanged(this, EventArgs.Empty), null, TimeSpan.Zero, ClockInterval);
    }

    private void OnChanged(object? sender, EventArgs args) => _ = InvokeAsync(() =>
    {
        Show(_table);
        StateHasChanged();
    });

    private void Sort(LiveColumn column) => Show(_table.SortedBy(column));

    private void Show(LiveTable table)
    {
        _table = table;
        if (!Feed.Board.IsComplete)
            return;

        List<ConversationRow> rows;
        lock (Feed.Board)
            rows = [.. Feed.Board.Rows];

        var now = Time.GetUtcNow();
        (_totals, _rows) = (LiveTotals.Of(rows, now), table.Of(rows, now));
    }

    private static string Figure(int? count) => count?.ToString("N0", System.Globalization.CultureInfo.InvariantCulture) ?? "–";
}
