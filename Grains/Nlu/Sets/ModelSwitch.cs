using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

/// <summary>Keeps this process at the set of models that was chosen: loads it beside the one that answers, checks it, and puts it in its place in one step.</summary>
internal sealed partial class ModelSwitch(
    IGrainFactory grains, CurrentModels current, ModelDirectory directory, IOptions<NluOptions> options, TimeProvider time, ILogger<ModelSwitch> logger, IHostApplicationLifetime? lifetime = null) : BackgroundService
{
    // How long a set that was refused is left alone, unless somebody asks for it.
    private static readonly TimeSpan RetryInterval = TimeSpan.FromMinutes(1);

    // One set is loaded at a time: there are never more than two in memory beside the built-in one.
    private readonly SemaphoreSlim _gate = new(1);
    private ModelSet? _ready;
    private (string Version, long At)? _refused;

    /// <summary>Why the chosen set does not answer here; null when it does, or nobody has looked yet.</summary>
    public Refusal? Problem { get; private set; }

    /// <summary>What there is to choose from.</summary>
    public Task<ImmutableArray<ModelVersion>> ListAsync() => Task.Run(directory.List);

    /// <summary>Loads and checks a set, so that it can take over at once.</summary>
    /// <returns>Null when it may; or <see cref="RefusalKind.NotFound"/> <c>models.version_not_found</c>; or what <see cref="ModelSetLoader"/> refuses.</returns>
    public Task<Refusal?> PrepareAsync(string version, CancellationToken cancellationToken) => AloneAsync(() => Task.FromResult(Prepare(version)), cancellationToken);

    /// <summary>Lets a set that is prepared answer from now on.</summary>
    public Task TakeOverAsync(string version) => AloneAsync(() =>
    {
        Choose(version);
        return Task.FromResult(true);
    }, CancellationToken.None);

    /// <summary>Asks which set was chosen and lets it answer, unless it does already. When it cannot, the one before goes on.</summary>
    public Task LookAsync(CancellationToken cancellationToken) => AloneAsync(async () =>
    {
        var wanted = await grains.GetGrain<IModelsGrain>(IModelsGrain.Key).GetActiveAsync(cancellationToken);
        var isLeftAlone = _refused is { } refused && refused.Version == wanted && time.GetElapsedTime(refused.At) < RetryInterval;
        if (!isLeftAlone)
            Choose(wanted);
        return true;
    }, cancellationToken);

    public override void Dispose()
    {
        base.Dispose();
        _gate.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var started = new TaskCompletionSource();
        using var registration = lifetime?.ApplicationStarted.Register(started.SetResult);
        if (lifetime is not null)
            await started.Task.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(options.Value.CheckInterval, time);
        do
        {
            try { await LookAsync(stoppingToken); }
            catch (Exception failure) when (!stoppingToken.IsCancellationRequested) { LogNotAsked(failure, current.Version); }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    // Not on a grain's turn: reading and checking take their time.
    private Task<T> AloneAsync<T>(Func<Task<T>> work, CancellationToken cancellationToken) => Task.Run(async () =>
    {
        await _gate.WaitAsync(cancellationToken);
        try { return await work(); }
        finally { _gate.Release(); }
    }, cancellationToken);

    private Refusal? Prepare(string version)
    {
        if (version == current.Version || version == ModelSet.BuiltInVersion || version == _ready?.Version)
            return null;
        _ready?.Release();
        _ready = null;
        var (set, refusal) = directory.FolderOf(version) is { } folder ? ModelSetLoader.Load(folder, current.BuiltIn) : ModelsGrain.NoVersion;
        (_ready, _refused) = (set, refusal is null ? null : (version, time.GetTimestamp()));
        return refusal;
    }

    private void Choose(string version)
    {
        Problem = Prepare(version);
        if (Problem is not null)
            LogRefused(version, current.Version, Problem.Code, Problem.Detail);
        if (Problem is not null || version == current.Version)
            return;
        current.Put(version == ModelSet.BuiltInVersion ? current.BuiltIn : _ready!);
        _ready = version == ModelSet.BuiltInVersion ? _ready : null;
        LogTookOver(version);
    }

    [LoggerMessage(LogLevel.Information, "The models {Version} answer from now on")]
    private partial void LogTookOver(string version);

    [LoggerMessage(LogLevel.Error, "The models {Wanted} were chosen but cannot be used here; {Current} go on: {Code}: {Why}")]
    private partial void LogRefused(string wanted, string current, string code, string why);

    [LoggerMessage(LogLevel.Warning, "Which models were chosen cannot be asked just now; {Current} go on")]
    private partial void LogNotAsked(Exception failure, string current);
}
