using CustomerService.Agents;
using CustomerService.Answers;
using CustomerService.Conversations;
using CustomerService.Knowledge;
using CustomerService.Shell;
using CustomerService.Tenancy;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Routing;

/// <summary>The desk: queue, conversation, context.</summary>
public sealed partial class Inbox
{
    private static readonly TimeSpan ClockInterval = TimeSpan.FromSeconds(20);

    private readonly CancellationTokenSource _closed = new();
    private readonly AlertWatch _alerts = new();
    private ConversationFeed? _conversation;
    private ArticleSheet _article = default!;
    private Task _clock = Task.CompletedTask;

    /// <summary>The open conversation; null when none is.</summary>
    [Parameter] public Guid? Id { get; set; }

    [CascadingParameter] private AgentProfile Me { get; set; } = default!;

    [Inject] private QueueFeed Feed { get; set; } = default!;

    [Inject] private IGrainFactory Grains { get; set; } = default!;

    [Inject] private IOptions<TenancyOptions> Tenancy { get; set; } = default!;

    [Inject] private IOptions<DashboardOptions> Options { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    [Inject] private ILogger<Inbox> Logger { get; set; } = default!;

    [Inject] private Announcer Announcer { get; set; } = default!;

    [Inject] private Toasts Toasts { get; set; } = default!;

    [Inject] private NavigationManager Navigation { get; set; } = default!;

    private string Title => _conversation?.View is { } view ? $"{Words.Contact(view.Row.Origin)} · Inbox" : "Inbox";

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _closed.CancelAsync();
        Feed.Changed -= OnQueueChanged;
        if (_conversation is not null)
            await _conversation.DisposeAsync();
        await _clock;
        _closed.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task OnParametersSetAsync()
    {
        if (!RendererInfo.IsInteractive || Id == _conversation?.Key.Id)
            return;

        var before = _conversation;
        _conversation = Id is { } id ? new(new(Tenancy.Value.TenantId, id), Me, Grains, Options.Value, Time, Logger) : null;
        _conversation?.Start();
        if (before is not null)
            await before.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender)
            return;

        Feed.Changed += OnQueueChanged;
        Feed.Start();
        _clock = RunClockAsync();
    }

    internal Task OpenArticleAsync(Citation citation) => _article.OpenAsync(citation);

    private void OnQueueChanged(object? sender, EventArgs args)
    {
        ImmutableArray<ConversationRow> rows;
        lock (Feed.Board)
            rows = [.. Feed.Board.Rows];

        foreach (var row in _alerts.New(rows).Where(row => row.Key != _conversation?.Key))
            _ = InvokeAsync(() => Announce(row));
    }

    private void Announce(ConversationRow row)
    {
        Announcer.Say($"Alert, {Words.Contact(row.Origin)}: {row.Alert!.Reason}");
        Toasts.Show($"{Words.Contact(row.Origin)}: {row.Alert.Reason}", new("Open", () =>
        {
            Navigation.NavigateTo($"/desk/c/{row.Key.Id:N}");
            return Task.CompletedTask;
        }));
    }

    // "4 min" becomes "5 min" although nothing happened.
    private async Task RunClockAsync()
    {
        using var timer = new PeriodicTimer(ClockInterval, Time);
        try
        {
            while (await timer.WaitForNextTickAsync(_closed.Token))
                await InvokeAsync(StateHasChanged);
        }
        catch (OperationCanceledException) { /* the page is closed */ }
    }
}
