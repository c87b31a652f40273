using System.Collections.Concurrent;
using CustomerService.Knowledge;
using CustomerService.Tenancy;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu.Intents;

public sealed class IntentModelCacheTests(IntentCluster cluster) : IClassFixture<IntentCluster>, IDisposable
{
    private static readonly string[] _texts =
        [.. IntentCluster.Garden.Select(example => example.Text), "could you mow the grass", "caterpillars in the hedge", "who won the election?", "ok", "", "wrgl brmpf xyzzy"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("own-intents-");
    private readonly Warnings _warnings = new();
    private readonly TenantId _tenant = IntentCluster.NewTenantId();

    private string Encoder => cluster.Models.BuiltIn.Encoder.Hash;

    private IntentModelSource Source => new(new(_tenant, 1), Encoder, IntentCluster.Garden);

    [Fact]
    public async Task A_model_of_a_file_answers_as_the_trained_one_to_the_last_bit()
    {
        var trained = await TrainAsync();
        await CacheIn(_folder.FullName).KeepAsync(Source, trained, active: null);

        var kept = CacheIn(_folder.FullName).Find(Source)!;

        Assert.Equal((trained.Trust, trained.Encoder), (kept.Trust, kept.Encoder));
        foreach (var text in _texts)
        {
            // Pinned: a dot product's last bit depends on where in memory the numbers lie.
            var (vectors, pieces) = (GC.AllocateArray<float>(EncoderPair.Dimensions, pinned: true), new TextPieces());
            cluster.Encoders.Encode(text).CopyTo(vectors, 0);
            pieces.Read(text);
            foreach (var pair in (float[][])[vectors, []])
            {
                var (one, other) = (trained.Model.Predict(pair, pieces), kept.Model.Predict(pair, pieces));
                Assert.Equal(one.OutOfScope, other.OutOfScope);
                Assert.Equal(one.Intents, other.Intents);
            }
        }
    }

    [Fact]
    public async Task A_file_is_found_for_the_same_version_encoder_program_and_examples_only()
    {
        var cache = CacheIn(_folder.FullName);
        await cache.KeepAsync(Source, await TrainAsync(), active: null);

        Assert.NotNull(cache.Find(Source));
        Assert.Null(cache.Find(Source with { Version = new(_tenant, 2) }));
        Assert.Null(cache.Find(Source with { Version = new(IntentCluster.NewTenantId(), 1) }));
        Assert.Null(cache.Find(Source with { Encoder = new('0', 64) }));
        Assert.Null(cache.Find(Source with { Build = Guid.Empty }));
        Assert.Null(cache.Find(Source with { Examples = IntentCluster.Garden.Reverse().ToImmutableArray() }));
        Assert.Empty(_warnings.Texts);
    }

    [Fact]
    public async Task A_file_under_the_name_of_another_is_not_used()
    {
        var cache = CacheIn(_folder.FullName);
        await cache.KeepAsync(Source, await TrainAsync(), active: null);
        var other = Source with { Encoder = new('0', 64) };
        _folder.GetFiles().Single().MoveTo(Path.Combine(_folder.FullName, IntentModelSource.FileName(other.Version, other.Hash())));

        Assert.Null(cache.Find(other));
        Assert.Contains("damaged", Assert.Single(_warnings.Texts), StringComparison.Ordinal);
    }

    [Theory, InlineData("../../etc/passwd"), InlineData("a/b"), InlineData("C:\\x"), InlineData("*")]
    public void Whatever_a_tenants_id_is_its_file_lies_in_the_folder(string tenant)
    {
        var name = IntentModelSource.FileName(new(new TenantId(tenant), 1), (Source with { Version = new(new TenantId(tenant), 1) }).Hash());

        Assert.Matches("^[0-9a-f]{16}-1-[0-9a-f]{16}\\.model$", name);
    }

    [Fact]
    public async Task Of_a_tenants_files_the_newest_stay_and_that_of_the_active_version()
    {
        var (cache, model) = (CacheIn(_folder.FullName), await TrainAsync());
        await cache.KeepAsync(Source with { Version = new(IntentCluster.NewTenantId(), 1) }, model, active: null);
        for (var number = 1; number <= 6; number++)
        {
            await cache.KeepAsync(Source with { Version = new(_tenant, number) }, model, active: 1);
            foreach (var file in _folder.GetFiles())
                file.LastWriteTimeUtc -= TimeSpan.FromMinutes(1);
        }

        Assert.Equal([1, 4, 5, 6], Enumerable.Range(1, 6).Where(number => cache.Find(Source with { Version = new(_tenant, number) }) is not null));
        Assert.Equal(5, _folder.GetFiles().Length);
        await cache.ForgetAsync(new(_tenant, 5));
        Assert.Null(cache.Find(Source with { Version = new(_tenant, 5) }));
        Assert.Equal(4, _folder.GetFiles().Length);
    }

    [Fact]
    public async Task A_version_is_ready_in_another_process_without_a_training()
    {
        await TrainVersionAsync();
        await KnowledgeCluster.UntilAsync(() => Task.FromResult(FilesOfTenant(cluster.Cache).Length == 1));
        var (trainings, models) = Restarted(cluster.Cache);

        var prepared = await models.PrepareAsync(_tenant, 1, cluster.Models.BuiltIn);

        Assert.Equal(["book_mowing", "build_fence", "buy_seeds", "fight_pests", "prune_tree"], prepared.Model.Labels);
        Assert.False(trainings.IsValueCreated);
    }

    [Theory, InlineData("cut"), InlineData("changed"), InlineData("emptied")]
    public async Task A_damaged_file_is_trained_again_and_mended_and_no_example_is_logged(string damage)
    {
        await TrainVersionAsync();
        var (_, first) = Restarted(_folder.FullName);
        await first.PrepareAsync(_tenant, 1, cluster.Models.BuiltIn);
        await KnowledgeCluster.UntilAsync(() => Task.FromResult(FilesOfTenant(_folder.FullName).Length == 1));
        var file = FilesOfTenant(_folder.FullName).Single();
        var whole = File.ReadAllBytes(file);
        File.WriteAllBytes(file, damage switch { "cut" => whole[..^7], "changed" => [.. whole[..^7], (byte)(whole[^7] ^ 1), .. whole[^6..]], _ => [] });

        var (trainings, second) = Restarted(_folder.FullName);
        await second.PrepareAsync(_tenant, 1, cluster.Models.BuiltIn);
        await KnowledgeCluster.UntilAsync(() => Task.FromResult(File.ReadAllBytes(file).AsSpan().SequenceEqual(whole)));

        Assert.True(trainings.IsValueCreated);
        Assert.Contains("damaged", Assert.Single(_warnings.Texts), StringComparison.Ordinal);
        Assert.DoesNotContain(IntentCluster.Garden, example => _warnings.Texts.Any(text => text.Contains(example.Text, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_folder_that_cannot_be_written_is_warned_of_once_and_harms_no_training()
    {
        await TrainVersionAsync();
        var taken = Path.Combine(_folder.FullName, "taken");
        File.WriteAllText(taken, "a file, not a folder");
        var (trainings, models) = Restarted(taken);
        var cache = CacheIn(taken);

        var prepared = await models.PrepareAsync(_tenant, 1, cluster.Models.BuiltIn);
        await KnowledgeCluster.UntilAsync(() => Task.FromResult(!_warnings.Texts.IsEmpty));
        _warnings.Texts.Clear();
        await cache.KeepAsync(Source, prepared, active: null);
        await cache.KeepAsync(Source, prepared, active: null);

        Assert.True(trainings.IsValueCreated);
        Assert.Equal("book_mowing", prepared.Model.Labels[0]);
        Assert.Contains("cannot be kept", Assert.Single(_warnings.Texts), StringComparison.Ordinal);
        Assert.Equal("a file, not a folder", File.ReadAllText(taken));
    }

    [Fact]
    public async Task Without_a_folder_nothing_is_kept()
    {
        var cache = CacheIn("");

        await cache.KeepAsync(Source, await TrainAsync(), active: null);
        await cache.ForgetAsync(Source.Version);

        Assert.Null(cache.Find(Source));
        Assert.Empty(_warnings.Texts);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private static IOptions<IntentOptions> Settings(string folder) => Options.Create(new IntentOptions { Cache = folder, TrainingThreads = 1 });

    private static string[] FilesOf(string folder, TenantId tenant) => Directory.GetFiles(folder, IntentModelSource.Prefix(tenant) + "*.model");

    private string[] FilesOfTenant(string folder) => FilesOf(folder, _tenant);

    private IntentModelCache CacheIn(string folder) => new(Settings(folder), _warnings);

    // What a process has that starts with this folder; a training would ask for the original encoder.
    private (Lazy<SentenceEncoder> Trainings, OwnIntentModels Models) Restarted(string folder)
    {
        var original = new Lazy<SentenceEncoder>(() => cluster.Original);
        return (original, new(cluster.Grains, new(original, Settings(folder)), CacheIn(folder), cluster.Models, Settings(folder), TimeProvider.System, LoggerFactory.Create(_ => { }).CreateLogger<OwnIntentModels>()));
    }

    private async Task TrainVersionAsync()
    {
        await cluster.Tenant(_tenant).AddAsync(IntentCluster.Garden);
        await IntentCluster.TrainAsync(cluster.Tenant(_tenant));
    }

    private async Task<PreparedIntents> TrainAsync() => PreparedIntents.Of(
        cluster.Models.BuiltIn, await cluster.Trainings.TrainAsync(cluster.Models.BuiltIn, IntentCluster.Garden, (_, _) => { }, TestContext.Current.CancellationToken));

    private sealed class Warnings : ILogger<IntentModelCache>
    {
        public ConcurrentQueue<string> Texts { get; } = [];

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Texts.Enqueue($"{logLevel}: {formatter(state, exception)} {exception}");
    }
}
