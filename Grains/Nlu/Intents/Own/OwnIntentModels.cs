using System.Collections.Concurrent;
using CustomerService.Tenancy;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

/// <summary>A model, how far its word on what is out of its scope can be relied on, and the encoder whose vectors it reads.</summary>
internal sealed record PreparedIntents(OwnIntents Model, double Trust, string Encoder)
{
    public static PreparedIntents Of(ModelSet set, (OwnIntents Model, IntentQuality Quality) trained) => new(trained.Model, IntentMix.Trust(trained.Quality.Intents), set.Encoder.Hash);
}

/// <summary>A version that names intents now.</summary>
internal sealed record ActiveIntents(int Number, PreparedIntents Intents);

/// <summary>
/// The tenants' models in this process. Whoever analyses a message takes the active one and never waits: another version is prepared beside and
/// put in its place in one step.
/// </summary>
internal sealed partial class OwnIntentModels(
    IGrainFactory grains, IntentTrainings trainings, IntentModelCache cache, CurrentModels current, IOptions<IntentOptions> options, TimeProvider time, ILogger<OwnIntentModels> logger)
{
    // One entry for each tenant that somebody wrote to.
    private readonly ConcurrentDictionary<TenantId, Entry> _tenants = [];

    /// <summary>The model that answers now; null when none is active, or the first that reads this set's vectors is still being prepared.</summary>
    public ActiveIntents? ActiveOf(TenantId tenant, ModelSet set)
    {
        var entry = EntryOf(tenant);
        if (entry.IsDue(time.GetTimestamp(), time, options.Value.CheckInterval))
            _ = RefreshAsync(tenant);
        return entry.Active is { } active && active.Intents.Encoder == set.Encoder.Hash ? active : null;
    }

    /// <summary>Asks which version is active and prepares it, unless it is the one that answers already. What fails is logged and tried again at the next look.</summary>
    /// <remarks>Not in the turn of a grain that asks: it may be gone before the model is ready.</remarks>
    public Task RefreshAsync(TenantId tenant) => Task.Run(() => LookAsync(tenant));

    /// <summary>A version's model for a set's vectors, at hand, of its file, or trained again from its examples.</summary>
    /// <exception cref="KeyNotFoundException">There is no such version.</exception>
    public async Task<PreparedIntents> PrepareAsync(TenantId tenant, int number, ModelSet set) =>
        await EntryOf(tenant).Recent(number, set.Encoder.Hash, () => MakeAgainAsync(new(tenant, number), set.Use()));

    /// <summary>Keeps a model that has just been trained, so that it need not be trained again when it becomes active.</summary>
    public void Keep(IntentVersionKey version, ImmutableArray<IntentExample> examples, PreparedIntents intents)
    {
        _ = EntryOf(version.Tenant).Recent(version.Number, intents.Encoder, () => Task.FromResult(intents));
        KeepFile(new(version, intents.Encoder, examples), intents);
    }

    /// <summary>A version that is not kept any more.</summary>
    public void Forget(IntentVersionKey version) => _ = cache.ForgetAsync(version);

    private async Task LookAsync(TenantId tenant)
    {
        var entry = EntryOf(tenant);
        await entry.Gate.WaitAsync();
        try
        {
            var number = await grains.GetGrain<IIntentModelGrain>(tenant.Value).GetActiveAsync();
            using var use = current.Take();
            if (number == entry.Active?.Number && (number is null || entry.Active!.Intents.Encoder == use.Set.Encoder.Hash))
                return;

            entry.Active = number is { } wanted ? new(wanted, await PrepareAsync(tenant, wanted, use.Set)) : null;
            LogSwapped(tenant, number);
        }
        catch (Exception failure)
        {
            LogNotPrepared(failure, tenant);
        }
        finally
        {
            entry.Looked(time.GetTimestamp());
            entry.Gate.Release();
        }
    }

    private Entry EntryOf(TenantId tenant) => _tenants.GetOrAdd(tenant, _ => new());

    private async Task<PreparedIntents> MakeAgainAsync(IntentVersionKey version, ModelUse begun)
    {
        using var use = begun;
        // Off the turn of whoever asks first.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        var content = await grains.GetGrain<IIntentVersionGrain>(version.ToString()).GetAsync() ?? throw new KeyNotFoundException($"There is no version {version}.");
        var source = new IntentModelSource(version, use.Set.Encoder.Hash, content.Examples);
        if (cache.Find(source) is { } kept)
            return kept;

        var trained = PreparedIntents.Of(use.Set, await trainings.TrainAsync(use.Set, content.Examples, (_, _) => { }, CancellationToken.None));
        KeepFile(source, trained);
        return trained;
    }

    // Nobody waits for the disk.
    private void KeepFile(IntentModelSource source, PreparedIntents intents) => _ = cache.KeepAsync(source, intents, EntryOf(source.Version.Tenant).Active?.Number);

    [LoggerMessage(LogLevel.Information, "Tenant {Tenant}: version {Version} of its own intents answers from now on")]
    private partial void LogSwapped(TenantId tenant, int? version);

    [LoggerMessage(LogLevel.Warning, "Tenant {Tenant}: the active version of its own intents cannot be prepared; the one before goes on")]
    private partial void LogNotPrepared(Exception failure, TenantId tenant);

    private sealed class Entry
    {
        private const int MaxRecent = 3;
        private readonly Lock _lock = new();
        private readonly List<(int Number, string Encoder, Task<PreparedIntents> Model)> _recent = [];
        private volatile ActiveIntents? _active;
        private long _lookedAt;
        private int _isLooking;

        public SemaphoreSlim Gate { get; } = new(1);

        public ActiveIntents? Active
        {
            get => _active;
            set => _active = value;
        }

        /// <summary>True for one caller when it is time to look.</summary>
        public bool IsDue(long now, TimeProvider time, TimeSpan interval)
        {
            var last = Interlocked.Read(ref _lookedAt);
            return (last == 0 || time.GetElapsedTime(last, now) >= interval) && Interlocked.Exchange(ref _isLooking, 1) == 0;
        }

        public void Looked(long now)
        {
            Interlocked.Exchange(ref _lookedAt, now);
            Interlocked.Exchange(ref _isLooking, 0);
        }

        /// <summary>One of the models used last; made when it is not among them. Who asks while it is made gets the same.</summary>
        public Task<PreparedIntents> Recent(int number, string encoder, Func<Task<PreparedIntents>> make)
        {
            lock (_lock)
            {
                var at = _recent.FindIndex(one => one.Number == number && one.Encoder == encoder && !one.Model.IsFaulted && !one.Model.IsCanceled);
                var found = at >= 0 ? _recent[at].Model : make();
                _recent.RemoveAll(one => one.Number == number && one.Encoder == encoder);
                _recent.Add((number, encoder, found));
                if (_recent.Count > MaxRecent)
                    _recent.RemoveAt(0);
                return found;
            }
        }
    }
}
