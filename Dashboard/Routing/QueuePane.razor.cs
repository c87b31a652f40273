using CustomerService.Agents;
using CustomerService.Conversations;
using CustomerService.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.JSInterop;

namespace CustomerService.Routing;

/// <summary>The queue: tabs, search, rows that never jump.</summary>
public sealed partial class QueuePane
{
    private const int Step = 100;

    private DotNetObjectReference<QueuePane>? _self;
    private ElementReference _rows;
    private QueueTab _tab = QueueTab.All;
    private QueueList _list = QueueList.Empty;
    private Dictionary<QueueTab, int> _counts = [];
    private string _search = "";
    private int _limit = Step;
    private bool _isScrolled;

    [Parameter, EditorRequired] public QueueFeed Feed { get; set; } = default!;

    [Parameter] public ConversationKey? Selected { get; set; }

    [CascadingParameter] private AgentProfile Me { get; set; } = default!;

    private bool IsLoaded => Feed.Board.IsComplete;

    private string EmptyTitle => (_search, _tab) switch
    {
        ({ Length: > 0 }, _) => "Nothing matches",
        (_, QueueTab.Mine) => "You hold no conversation",
        (_, QueueTab.New) => "Nobody waits for a person",
        (_, QueueTab.Team) => "No colleague holds a conversation",
        _ => "No conversation is open",
    };

    private string EmptyText => (_search, _tab) switch
    {
        ({ Length: > 0 }, _) => "Names, addresses, intents and the newest message are searched.",
        (_, QueueTab.Mine) => "Take one over from New or All with t.",
        (_, QueueTab.New) => "A conversation comes here when the assistant hands over or somebody asks for a person.",
        (_, QueueTab.Team) => "You see here what others answer.",
        _ => "When a contact writes, the conversation appears here by itself.",
    };

    /// <summary>The browser tells whether the list is scrolled: then new rows wait.</summary>
    [JSInvokable]
    public void OnScrolled(bool isScrolled)
    {
        _isScrolled = isScrolled;
        Refresh();
    }

    public void Dispose()
    {
        Feed.Changed -= OnChanged;
        _self?.Dispose();
    }

    protected override void OnInitialized()
    {
        Feed.Changed += OnChanged;
        Settle();
    }

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (!firstRender)
            return;

        _self = DotNetObjectReference.Create(this);
        await Script.CallAsync("watchScroll", _rows, _self);
    }

    private void OnChanged(object? sender, EventArgs args) => _ = InvokeAsync(Refresh);

    private void Refresh()
    {
        _list = _list.Update(Read().ToDictionary(row => row.Key), Selected, _isScrolled);
        StateHasChanged();
    }

    private void Settle() => _list = QueueList.Settle(Read());

    private void Choose(QueueTab tab)
    {
        (_tab, _limit) = (tab, Step);
        Settle();
    }

    private async Task SettleAndScrollAsync()
    {
        Settle();
        await Script.CallAsync("scrollToTop", _rows);
    }

    private int CountOf(QueueTab tab) => _counts.GetValueOrDefault(tab);

    private List<ConversationRow> Read()
    {
        List<ConversationRow> rows;
        lock (Feed.Board)
            rows = [.. Feed.Board.Rows];

        _counts = Enum.GetValues<QueueTab>().ToDictionary(tab => tab, tab => rows.Count(row => tab.Has(row, Me.Id)));
        var search = _search.Trim();
        return rows.FindAll(row => _tab.Has(row, Me.Id) && row.Matches(search));
    }
}
