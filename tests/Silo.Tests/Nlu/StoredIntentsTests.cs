using CustomerService.Storage;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using Orleans.TestingHost;

namespace CustomerService.Nlu;

public sealed class StoredIntentsTests : IDisposable
{
    private readonly TemporaryStorage _temporary = new();

    // Every training asks for it.
    private Lazy<SentenceEncoder> _original = Original();

    [Fact(Timeout = 60_000)]
    public async Task Examples_versions_and_the_active_one_are_there_after_a_restart_and_its_model_is_made_again()
    {
        var before = await TrainAndStopAsync();
        await using var again = await StartAsync();
        var status = await UntilAsync(Tenant(again), status => status.Ready == 1);
        var after = (await Tenant(again).GetVersionAsync(1)).ValueOrThrow();

        Assert.Equal((4, 1, false), (status.Examples, status.Active, status.HasUntrained));
        Assert.Null(status.Training);
        Assert.Equal(before.Summary, after.Summary);
        Assert.Equal(before.Quality.Intents, after.Quality.Intents);
        Assert.Equal(before.Quality.Unsure, after.Quality.Unsure);
        Assert.True(_original.IsValueCreated);
    }

    [Fact(Timeout = 60_000)]
    public async Task With_a_folder_for_trained_models_the_active_one_is_ready_after_a_restart_without_a_training()
    {
        var folder = Path.Combine(Path.GetDirectoryName(_temporary.Path)!, "intents");
        await TrainAndStopAsync(folder);
        await using var again = await StartAsync(folder);

        await UntilAsync(Tenant(again), status => status.Ready == 1);

        Assert.False(_original.IsValueCreated);
    }

    public void Dispose()
    {
        _temporary.Dispose();
        if (_original.IsValueCreated)
            _original.Value.Dispose();
    }

    private static Lazy<SentenceEncoder> Original() => new(() => new(ModelFolder.BesideProgram));

    private async Task<IntentVersion> TrainAndStopAsync(string? folder = null)
    {
        IntentVersion version;
        await using (var cluster = await StartAsync(folder))
        {
            var tenant = Tenant(cluster);
            (await tenant.AddAsync([.. Examples("refuel", "Fill the tank", "Diesel please"), .. Examples("wash", "Wash the car", "It is dirty, clean it")])).ValueOrThrow();
            (await tenant.TrainAsync()).ValueOrThrow();
            await UntilAsync(tenant, status => !status.Versions.IsEmpty);
            (await tenant.ActivateAsync(1)).ValueOrThrow();
            version = (await tenant.GetVersionAsync(1)).ValueOrThrow();
            while (folder is not null && !(Directory.Exists(folder) && Directory.GetFiles(folder, "*.model").Length > 0))
                await Task.Delay(20, TestContext.Current.CancellationToken);
        }

        Assert.True(_original.IsValueCreated);
        _original.Value.Dispose();
        _original = Original();
        _temporary.Close();
        return version;
    }

    private static IIntentModelGrain Tenant(InProcessTestCluster cluster) => cluster.Client.GetGrain<IIntentModelGrain>("garage");

    private static IEnumerable<IntentExample> Examples(string intent, params string[] texts) => texts.Select(text => new IntentExample(text, intent));

    private static async Task<IntentModelStatus> UntilAsync(IIntentModelGrain tenant, Func<IntentModelStatus, bool> holds)
    {
        IntentModelStatus status;
        while (!holds(status = await tenant.GetAsync(TestContext.Current.CancellationToken)))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        return status;
    }

    private Task<InProcessTestCluster> StartAsync(string? folder = null)
    {
        _temporary.Open();
        var storage = _temporary.GrainStorage();
        return SiloCluster.StartAsync(silo =>
        {
            silo.Services.AddKeyedSingleton<IGrainStorage>("Default", storage);
            silo.Services.AddSingleton<IGrainStorage>(storage);
            silo.Services.AddSingleton(_original);
            silo.Services.AddOwnIntents().PostConfigure<IntentOptions>(intents => intents.Cache = folder);
        });
    }
}
