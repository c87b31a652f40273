using CustomerService.Nlu;

namespace CustomerService.Host;

/// <summary>The real rules of examples and versions; a training takes one more step whenever somebody looks.</summary>
[GrainType("intent-model")]
internal sealed class FakeIntentModelGrain(DeskWorld world) : Grain, IIntentModelGrain
{
    private static readonly TrainingStage[] Steps = [TrainingStage.Waiting, TrainingStage.Encoding, TrainingStage.Judging, TrainingStage.Finishing];
    private readonly Dictionary<int, IntentQuality> _qualities = [];
    private IntentModel _model = new();
    private TrainingProgress? _training;

    public Task<IntentModelStatus> GetAsync(CancellationToken cancellationToken)
    {
        if (world.IsBroken)
            throw new InvalidOperationException("Played.");
        if (_training is { } training && training.IsRunning())
            Step(training);
        return Task.FromResult(_model.Status(_training, _model.Active));
    }

    public Task<int?> GetActiveAsync(CancellationToken cancellationToken) => Task.FromResult(_model.Active);

    public Task<ExamplePage> ListAsync(string? intent, long after, int limit, CancellationToken cancellationToken)
    {
        var found = _model.Examples.Where(example => intent is null || example.Intent == intent).ToList();
        return Task.FromResult(new ExamplePage([.. found.Where(example => example.Id > after).Take(limit)], found.Count));
    }

    public Task<Result<ExamplesAdded>> AddAsync(ImmutableArray<IntentExample> examples, CancellationToken cancellationToken) => Change(_model.Add(examples));

    // Lines of "text,intent" without a header are enough for a page's test.
    public Task<Result<ExamplesAdded>> ImportAsync(string content, TextFormat format, CancellationToken cancellationToken) => content.Contains("text,intent", StringComparison.Ordinal)
        ? Change(_model.Add(content.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1).Select(line => new IntentExample(line.Split(',')[0], line.Split(',')[1]))))
        : Task.FromResult<Result<ExamplesAdded>>(new Refusal(RefusalKind.Invalid, "texts.unreadable", "Line 1: the first line must name a column text."));

    public Task<ImmutableArray<StoredExample>> RemoveAsync(ImmutableArray<long> ids, CancellationToken cancellationToken)
    {
        (_model, var removed) = _model.Remove(ids);
        return Task.FromResult(removed);
    }

    public Task<Result<StoredExample>> ChangeAsync(long id, IntentExample example, CancellationToken cancellationToken) => Change(_model.Change(id, example));

    public Task<Result<int>> RenameAsync(string intent, string name, CancellationToken cancellationToken) => Change(_model.Rename(intent, name));

    public Task<Result<ImmutableArray<StoredExample>>> RemoveIntentAsync(string intent, CancellationToken cancellationToken) => Change(_model.RemoveIntent(intent));

    public Task<Result<TrainingProgress>> TrainAsync(CancellationToken cancellationToken)
    {
        var (examples, refusal) = IntentExamples.Check(_model.ToTrain);
        if (refusal is not null)
            return Task.FromResult<Result<TrainingProgress>>(refusal);
        _training = new(TrainingStage.Waiting, 0, world.Time.GetUtcNow(), examples.Length, examples.CountBy(example => example.Intent).Count());
        return Task.FromResult<Result<TrainingProgress>>(_training);
    }

    public Task<Result<TrainingProgress>> CancelAsync(CancellationToken cancellationToken)
    {
        _training = _training! with { Stage = TrainingStage.Cancelled };
        return Task.FromResult<Result<TrainingProgress>>(_training);
    }

    public Task<Result<IntentVersion>> GetVersionAsync(int number, CancellationToken cancellationToken) =>
        Task.FromResult<Result<IntentVersion>>(_model.Versions.FirstOrDefault(version => version.Number == number) is { } summary ? new IntentVersion(summary, _qualities[number]) : IntentModel.NoVersion);

    public Task<Result<IntentModelStatus>> ActivateAsync(int? number, CancellationToken cancellationToken)
    {
        var (next, refusal) = _model.Activate(number);
        _model = next ?? _model;
        return Task.FromResult<Result<IntentModelStatus>>(refusal is not null ? refusal : _model.Status(_training, number));
    }

    private void Step(TrainingProgress training)
    {
        var next = Array.IndexOf(Steps, training.Stage) + 1;
        _training = next < Steps.Length ? training with { Stage = Steps[next], Done = 0.3 * next } : training with { Stage = TrainingStage.Done, Done = 1 };
        if (_training.IsRunning())
            return;

        var (number, examples) = (_model.LastVersion + 1, _model.ToTrain);
        var intents = examples.CountBy(example => example.Intent).OrderBy(pair => pair.Key, StringComparer.Ordinal).ToList();
        _qualities[number] = new(
            0.875, 0.031, [.. intents.Select((pair, at) => new IntentScore(pair.Key, pair.Value, at == 0 ? 0.75 : 1, at == 1 ? 0.5 : 1))],
            intents.Count > 1 ? [new(intents[1].Key, intents[0].Key, 1)] : [], [new(examples[0].Text, examples[0].Intent, intents[0].Key, 0.41)]);
        (_model, _) = _model.With(new(number, world.Time.GetUtcNow(), examples.Length, intents.Count, 0.875, 0.031), _model.Edits, 10);
    }

    private Task<Result<T>> Change<T>(Result<(IntentModel Next, T Answer)> changed)
    {
        if (changed.Refusal is { } refusal)
            return Task.FromResult<Result<T>>(refusal);
        _model = changed.Value.Next;
        return Task.FromResult<Result<T>>(changed.Value.Answer);
    }
}
