using CustomerService.Tenancy;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace CustomerService.Nlu;

/// <summary>The shell around <see cref="IntentModel"/>.</summary>
[GrainType("intent-model")]
internal sealed partial class IntentModelGrain(
    [PersistentState("intent-model")] IPersistentState<IntentModel> state,
    IntentTrainings trainings, OwnIntentModels models, CurrentModels current, IOptions<IntentOptions> options, TimeProvider time, ILogger<IntentModelGrain> logger) : Grain, IIntentModelGrain
{
    private const int MaxPage = 500;

    // A training that takes longer than this ends with its grain.
    private static readonly TimeSpan LongestTraining = TimeSpan.FromHours(2);
    private RunningTraining? _training;

    private TenantId Tenant => TenantId.Parse(this.GetPrimaryKeyString());

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        _training?.Cancel();
        return Task.CompletedTask;
    }

    public Task<IntentModelStatus> GetAsync(CancellationToken cancellationToken) => Task.FromResult(Status());

    public Task<int?> GetActiveAsync(CancellationToken cancellationToken) => Task.FromResult(state.State.Active);

    public Task<ExamplePage> ListAsync(string? intent, long after, int limit, CancellationToken cancellationToken)
    {
        var found = intent is null ? state.State.Examples : state.State.Examples.RemoveAll(example => example.Intent != intent);
        return Task.FromResult(new ExamplePage([.. found.Where(example => example.Id > after).Take(Math.Clamp(limit, 1, MaxPage))], found.Length));
    }

    public Task<Result<ExamplesAdded>> AddAsync(ImmutableArray<IntentExample> examples, CancellationToken cancellationToken) => ChangeAsync(model => model.Add(examples));

    public async Task<Result<ExamplesAdded>> ImportAsync(string content, TextFormat format, CancellationToken cancellationToken)
    {
        var (lines, refusal) = TextFile.Read(content, format);
        return refusal is not null ? refusal : await AddAsync([.. lines.Select(line => new IntentExample(line.Text, line.Intent ?? ""))], cancellationToken);
    }

    public async Task<ImmutableArray<StoredExample>> RemoveAsync(ImmutableArray<long> ids, CancellationToken cancellationToken) =>
        (await ChangeAsync<ImmutableArray<StoredExample>>(model => model.Remove(ids))).ValueOrThrow();

    public Task<Result<StoredExample>> ChangeAsync(long id, IntentExample example, CancellationToken cancellationToken) => ChangeAsync(model => model.Change(id, example));

    public Task<Result<int>> RenameAsync(string intent, string name, CancellationToken cancellationToken) => ChangeAsync(model => model.Rename(intent, name));

    public Task<Result<ImmutableArray<StoredExample>>> RemoveIntentAsync(string intent, CancellationToken cancellationToken) => ChangeAsync(model => model.RemoveIntent(intent));

    public Task<Result<TrainingProgress>> TrainAsync(CancellationToken cancellationToken)
    {
        if (_training?.Progress.IsRunning() == true)
            return Refused(new(RefusalKind.Conflict, "intents.training", "A training is running. Wait for its end, or cancel it."));
        var (examples, refusal) = IntentExamples.Check(state.State.ToTrain);
        if (refusal is not null)
            return Refused(refusal);

        DelayDeactivation(LongestTraining);
        _training = new(new(TrainingStage.Waiting, 0, time.GetUtcNow(), examples.Length, examples.CountBy(example => example.Intent).Count()), state.State.Edits);
        _ = RunAsync(_training, examples);
        return Task.FromResult<Result<TrainingProgress>>(_training.Progress);

        static Task<Result<TrainingProgress>> Refused(Refusal refusal) => Task.FromResult<Result<TrainingProgress>>(refusal);
    }

    public Task<Result<TrainingProgress>> CancelAsync(CancellationToken cancellationToken)
    {
        if (_training?.Progress.IsRunning() != true)
            return Task.FromResult<Result<TrainingProgress>>(new Refusal(RefusalKind.Conflict, "intents.not_training", "No training is running."));

        _training.Cancel();
        return Task.FromResult<Result<TrainingProgress>>(_training.Progress);
    }

    public async Task<Result<IntentVersion>> GetVersionAsync(int number, CancellationToken cancellationToken)
    {
        var summary = state.State.Versions.FirstOrDefault(version => version.Number == number);
        var content = summary is null ? null : await VersionGrain(number).GetAsync(cancellationToken);
        return content is null ? IntentModel.NoVersion : new IntentVersion(summary!, content.Quality);
    }

    public async Task<Result<IntentModelStatus>> ActivateAsync(int? number, CancellationToken cancellationToken)
    {
        var (next, refusal) = state.State.Activate(number);
        if (refusal is not null)
            return refusal;

        await SaveAsync(next!);
        LogActivated(Tenant, number);
        // Prepared beside this; messages are answered by the version before until then.
        _ = models.RefreshAsync(Tenant);
        return Status();
    }

    private async Task RunAsync(RunningTraining training, ImmutableArray<IntentExample> examples)
    {
        try
        {
            using var use = current.Take();
            var trained = await trainings.TrainAsync(use.Set, examples, training.Report, training.Token);
            // A timer's tick is an ordinary exclusive call: the version is kept between two commands, never inside one.
            this.RegisterGrainTimer(KeepAsync, (training, examples, PreparedIntents.Of(use.Set, trained), trained.Quality), new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan));
        }
        catch (OperationCanceledException) when (training.Token.IsCancellationRequested)
        {
            training.End(TrainingStage.Cancelled);
            DelayDeactivation(TimeSpan.Zero);
        }
        catch (Exception failure)
        {
            LogFailed(failure, Tenant, examples.Length);
            training.End(TrainingStage.Failed);
            DelayDeactivation(TimeSpan.Zero);
        }
    }

    // First what the version is made of, then its name: a crash between the two leaves a record that nothing names and the next training writes over.
    private async Task KeepAsync((RunningTraining Training, ImmutableArray<IntentExample> Examples, PreparedIntents Intents, IntentQuality Quality) trained, CancellationToken cancellationToken)
    {
        var (training, examples, intents, quality) = trained;
        if (training.Token.IsCancellationRequested)
        {
            training.End(TrainingStage.Cancelled);
            return;
        }

        try
        {
            var progress = training.Progress;
            var summary = new IntentVersionSummary(state.State.LastVersion + 1, time.GetUtcNow(), examples.Length, progress.Intents, quality.Accuracy, quality.CalibrationError);
            await VersionGrain(summary.Number).StoreAsync(new(examples, quality), CancellationToken.None);
            var (next, forgotten) = state.State.With(summary, training.Edits, options.Value.MaxVersions);
            await SaveAsync(next);
            models.Keep(new(Tenant, summary.Number), examples, intents);
            training.End(TrainingStage.Done);
            LogTrained(Tenant, summary.Number, examples.Length, progress.Intents, time.GetUtcNow() - progress.StartedAt);
            if (forgotten is { } oldest)
            {
                models.Forget(new(Tenant, oldest));
                await VersionGrain(oldest).ClearAsync(CancellationToken.None);
            }
        }
        catch (Exception failure)
        {
            LogFailed(failure, Tenant, examples.Length);
            training.End(TrainingStage.Failed);
        }
        finally
        {
            DelayDeactivation(TimeSpan.Zero);
        }
    }

    private async Task<Result<T>> ChangeAsync<T>(Func<IntentModel, Result<(IntentModel Next, T Answer)>> change)
    {
        var (changed, refusal) = change(state.State);
        if (refusal is not null)
            return refusal;
        if (!ReferenceEquals(changed.Next, state.State))
            await SaveAsync(changed.Next);
        return changed.Answer;
    }

    // A failed write leaves memory ahead of storage: drop the activation so that the next call reads the truth.
    private async Task SaveAsync(IntentModel next)
    {
        state.State = next;
        try { await state.WriteStateAsync(); }
        catch { DeactivateOnIdle(); throw; }
    }

    private IntentModelStatus Status()
    {
        using var use = current.Take();
        return state.State.Status(_training?.Progress, models.ActiveOf(Tenant, use.Set)?.Number);
    }

    private IIntentVersionGrain VersionGrain(int number) => GrainFactory.GetGrain<IIntentVersionGrain>(new IntentVersionKey(Tenant, number).ToString());

    [LoggerMessage(LogLevel.Information, "Tenant {Tenant}: version {Version} of its own intents is active")]
    private partial void LogActivated(TenantId tenant, int? version);

    [LoggerMessage(LogLevel.Information, "Tenant {Tenant}: version {Version} trained on {Examples} examples of {Intents} intents in {Elapsed}")]
    private partial void LogTrained(TenantId tenant, int version, int examples, int intents, TimeSpan elapsed);

    [LoggerMessage(LogLevel.Error, "Tenant {Tenant}: training on {Examples} examples failed; nothing was changed")]
    private partial void LogFailed(Exception failure, TenantId tenant, int examples);

    /// <summary>A training as it is seen from the grain's turns while it runs on another thread.</summary>
    private sealed class RunningTraining(TrainingProgress begin, long edits)
    {
        private readonly CancellationTokenSource _cancel = new();
        private volatile TrainingProgress _progress = begin;

        public TrainingProgress Progress => _progress;

        /// <summary>Where the examples' edits stood when they were taken.</summary>
        public long Edits => edits;

        public CancellationToken Token => _cancel.Token;

        public void Cancel() => _cancel.Cancel();

        public void Report(TrainingStage stage, double done) => _progress = _progress with { Stage = stage, Done = done };

        public void End(TrainingStage stage) => Report(stage, stage == TrainingStage.Done ? 1 : Progress.Done);
    }
}
