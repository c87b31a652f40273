using CustomerService.Agents;
using CustomerService.Answers;
using CustomerService.Knowledge;
using CustomerService.Routing;
using CustomerService.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using Microsoft.JSInterop;

namespace CustomerService.Conversations;

/// <summary>An open conversation: what was said, and what the agent can do. Shows an act at once and puts it right when it is refused.</summary>
public sealed partial class ConversationPane
{
    private ImmutableList<PendingMessage> _pending = [];
    private ElementReference _log;
    private Composer? _composer;
    private bool _isWatched;

    [Parameter, EditorRequired] public ConversationFeed Feed { get; set; } = default!;

    [CascadingParameter] private AgentProfile Me { get; set; } = default!;

    [Inject] private Toasts Toasts { get; set; } = default!;

    [Inject] private QueueFeed Queue { get; set; } = default!;

    [Inject] private ILogger<ConversationPane> Logger { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    [Inject] private IJSRuntime Script { get; set; } = default!;

    private ImmutableArray<TimelineItem> Items => Timeline.Build(Feed.Entries, _pending, Feed.View?.ReadByContact ?? 0, Time.GetUtcNow());

    public void Dispose() => Feed.Changed -= OnChanged;

    protected override void OnInitialized() => Feed.Changed += OnChanged;

    protected override async Task OnAfterRenderAsync(bool firstRender)
    {
        if (_isWatched || Feed.View is null)
            return;

        _isWatched = true;
        await Script.CallAsync("watchLog", _log);
    }

    private bool IsMine(ConversationRow row) => row.Baton.Agent == Me.Id.Value;

    /// <returns>Why this agent cannot reply; null when they can.</returns>
    private string? Blocked(ConversationRow row) =>
        row.Baton.Agent is not null && !IsMine(row) && Me.Role < AgentRole.Supervisor
            ? $"{Words.Holder(row.Baton)} is answering. You can write a note."
            : null;

    private void OnChanged(object? sender, EventArgs args) => _ = InvokeAsync(() =>
    {
        var stored = Feed.Entries.Select(e => (e.Event as MessagePosted)?.Message.DedupId).OfType<string>().ToHashSet(StringComparer.Ordinal);
        _pending = _pending.RemoveAll(p => stored.Contains(p.DedupId));
        StateHasChanged();
    });

    private async Task SendAsync(OutgoingText outgoing)
    {
        var pending = new PendingMessage(Guid.NewGuid().ToString("N"), outgoing.Text, outgoing.IsNote);
        _pending = _pending.Add(pending);
        StateHasChanged();
        await StoreAsync(pending);
    }

    private async Task RetryAsync(PendingMessage failed)
    {
        var again = failed with { Failure = null };
        _pending = _pending.Replace(failed, again);
        await StoreAsync(again);
    }

    private void Discard(PendingMessage failed) => _pending = _pending.Remove(failed);

    private async Task StoreAsync(PendingMessage pending)
    {
        var failure = await TryStoreAsync(pending);
        if (failure is not null)
            _pending = _pending.Replace(pending, pending with { Failure = failure });
        else if (pending.IsNote)
            _pending = _pending.Remove(pending);
        Feed.Refresh();
        StateHasChanged();
    }

    private async Task<string?> TryStoreAsync(PendingMessage pending)
    {
        if (pending.IsNote)
            return (await AskAsync(Feed.Grain.AddNoteAsync(Me, pending.Text)))?.Detail;
        if (Feed.View is { } view && !IsMine(view.Row) && await AskAsync(Feed.Grain.TakeAsync(Me)) is { } refusal)
            return refusal.Detail;

        return (await AskAsync(Feed.Grain.ReplyAsync(Me, pending.Text, pending.DedupId)))?.Detail;
    }

    private Task ActAsync(DeskAct act) => act switch
    {
        DeskAct.Take => DoAsync("You have the conversation.", () => AskAsync(Feed.Grain.TakeAsync(Me)), DeskAct.HandBack, row => row with { Baton = MyBaton }),
        DeskAct.HandBack => DoAsync("Handed back to the assistant.", () => AskAsync(Feed.Grain.HandBackAsync(Me)), DeskAct.Take, row => row with { Baton = new(BatonHolder.Assistant) }),
        DeskAct.Resolve => DoAsync("Resolved.", () => AskAsync(Feed.Grain.ResolveAsync(Me)), DeskAct.Reopen, row => row with { Status = ConversationStatus.Resolved }),
        _ => DoAsync("Open again, and yours.", () => AskAsync(Feed.Grain.ReopenAsync(Me)), null, row => row with { Status = ConversationStatus.Open, Baton = MyBaton }),
    };

    private Baton MyBaton => new(Me.Role == AgentRole.Agent ? BatonHolder.Agent : BatonHolder.Supervisor, Me.Id.Value, Me.Name);

    private async Task DoAsync(string done, Func<Task<Refusal?>> act, DeskAct? undo, Func<ConversationRow, ConversationRow> outcome)
    {
        var before = Feed.View!.Row;
        Feed.Assume(outcome);
        var toast = Toasts.Show(done, undo is { } back ? new("Undo", () => ActAsync(back)) : null);
        if (await act() is { } refusal)
        {
            Feed.Assume(_ => before);
            Toasts.Remove(toast);
            Toasts.Show(refusal.Detail, isProblem: true);
        }

        Feed.Refresh();
        Queue.Refresh();
    }

    private async Task<Refusal?> AskAsync<T>(Task<Result<T>> call) => (await call.OrRefusalAsync(Logger)).Refusal;

    private async Task UseAsync(Suggestion suggestion)
    {
        if (_composer is not null)
            await _composer.InsertAsync(suggestion.Text, asNote: suggestion.Audience == Audience.Agent);
    }

    private Task TypingAsync(bool isTyping) => Feed.Grain.TypingAsync(new(AuthorKind.Agent, Me.Id.Value, Me.Name), isTyping);
}

/// <summary>What an agent does with a conversation.</summary>
public enum DeskAct
{
    Take,
    HandBack,
    Resolve,
    Reopen,
}
