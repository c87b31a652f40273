using CustomerService.Shell;
using CustomerService.Tenancy;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

/// <summary>The tenant's own intents: examples, training, quality, versions, and messages to label.</summary>
public sealed partial class IntentsPage
{
    /// <summary>Where the list alone is shown.</summary>
    internal const string All = "/desk/intents";

    // While a training runs its progress is read this often.
    private static readonly TimeSpan WhileTraining = TimeSpan.FromMilliseconds(400);
    private IntentModelStatus? _status;
    private ImmutableArray<UnsureMessage>? _unsure;
    private IntentVersion? _newest;
    private string? _problem;
    private LiveLoop? _loop;

    /// <summary>What is shown: add, label, quality or versions; null for the list alone.</summary>
    [SupplyParameterFromQuery]
    public string? View { get; set; }

    /// <summary>The intent whose examples are shown.</summary>
    [SupplyParameterFromQuery]
    public string? Intent { get; set; }

    /// <summary>The version whose quality is shown; the newest when left out.</summary>
    [SupplyParameterFromQuery]
    public int? Version { get; set; }

    [Inject] private IGrainFactory Grains { get; set; } = default!;

    [Inject] private IOptions<TenancyOptions> Tenancy { get; set; } = default!;

    [Inject] private IOptions<DashboardOptions> Options { get; set; } = default!;

    [Inject] private TimeProvider Time { get; set; } = default!;

    [Inject] private ILogger<IntentsPage> Logger { get; set; } = default!;

    [Inject] private Toasts Toasts { get; set; } = default!;

    private IIntentModelGrain Model => Grains.GetGrain<IIntentModelGrain>(Tenancy.Value.TenantId.Value);

    /// <summary>Where an intent's examples are shown.</summary>
    internal static string Href(string intent) => $"{All}?intent={Uri.EscapeDataString(intent)}";

    /// <inheritdoc/>
    protected override void OnAfterRender(bool firstRender)
    {
        if (!firstRender)
            return;

        _loop = new(Options.Value, Time, Logger);
        _loop.Start(_ => Task.CompletedTask, ReadAsync, Failed);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var before = _status;
        var status = await Model.GetAsync(cancellationToken);
        var unsure = await Grains.GetGrain<IUnsureMessagesGrain>(Tenancy.Value.TenantId.Value).ListAsync(cancellationToken);
        if (status.Versions is [var newest, ..] && newest.Number != _newest?.Summary.Number)
            _newest = (await Model.GetVersionAsync(newest.Number, cancellationToken)).Value;
        await InvokeAsync(() =>
        {
            (_status, _unsure, _problem) = (status, unsure, null);
            if (before?.Training is { } training && training.IsRunning() && status.Training is { } ended && !ended.IsRunning())
                Tell(ended);
            StateHasChanged();
        });
        if (status.Training is { } running && running.IsRunning())
        {
            await Task.Delay(WhileTraining, Time, cancellationToken);
            _loop!.Wake();
        }
    }

    private void Failed(Exception fault) => _ = InvokeAsync(ShowProblem);

    private void ShowProblem()
    {
        _problem = "The intents could not be read just now. Nothing was changed; it tries again by itself.";
        StateHasChanged();
    }

    private void Changed() => _loop?.Wake();

    private async Task TrainAsync()
    {
        var (progress, refusal) = await Model.TrainAsync().OrRefusalAsync(Logger);
        if (refusal is not null)
            Toasts.Show(refusal.Detail, isProblem: true);
        else if (_status is { } status)
            _status = status with { Training = progress };
        Changed();
    }

    private async Task CancelAsync()
    {
        var (_, refusal) = await Model.CancelAsync().OrRefusalAsync(Logger);
        if (refusal is not null)
            Toasts.Show(refusal.Detail, isProblem: true);
        Changed();
    }

    private void Tell(TrainingProgress ended)
    {
        switch (ended.Stage)
        {
            case TrainingStage.Done:
                Toasts.Show("The training is done. Look at its quality, then activate the version.");
                break;
            case TrainingStage.Cancelled:
                Toasts.Show("The training was cancelled. Examples and versions are as they were.");
                break;
            default:
                Toasts.Show("The training failed. Examples and versions are as they were; the server's log says why.", isProblem: true);
                break;
        }
    }

    private string Found(IntentCount intent) => _newest?.Quality.Intents.FirstOrDefault(score => score.Intent == intent.Intent) is { } score
        ? $"Precision {Words.Confidence(score.Precision)} · recall {Words.Confidence(score.Recall)}"
        : "Not trained yet";

    private static string State(IntentModelStatus status) => status switch
    {
        { Active: { } active } when status.Ready != active => $"Version {active} is being prepared; until then {(status.Ready is { } ready ? $"version {ready}" : "the support intents")} answer{(status.Ready is null ? "" : "s")}.",
        { Active: { } active } => $"Version {active} answers{(status.HasUntrained ? "; examples changed since the last training" : "")}.",
        { Versions.IsEmpty: false } => "No version is active: only the support intents answer.",
        { Examples: > 0 } => "Not trained yet.",
        _ => "",
    };

    private static string Stage(TrainingProgress training) => training.Stage switch
    {
        TrainingStage.Waiting => "Waits for another training",
        TrainingStage.Encoding => $"Reads {Words.Count(training.Examples, "example", "examples")}",
        TrainingStage.Judging => "Judges examples it has not seen",
        _ => "Finishes",
    };

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_loop is not null)
            await _loop.DisposeAsync();
    }
}
