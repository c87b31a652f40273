using CustomerService.Knowledge;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace CustomerService.Nlu.Intents;

/// <summary>Tenants' own intents on the engine, with the real encoder and storage in memory.</summary>
public sealed class IntentCluster : IAsyncLifetime
{
    private readonly SentenceEncoder _encoder = new(ModelFolder.BesideProgram);
    private readonly InProcessTestCluster _cluster;

    public IntentCluster()
    {
        Trainings = new IntentTrainings(_encoder, Options.Create(new IntentOptions { TrainingThreads = 1 }));
        _cluster = new InProcessTestClusterBuilder(initialSilosCount: 1)
            .ConfigureHost(host => host.Configuration["Intents:MaxVersions"] = "3")
            .ConfigureSilo((_, silo) =>
            {
                silo.Services.AddSingleton(_encoder).AddSingleton(Trainings);
                silo.Services.AddNlu(silo.Configuration).AddOwnIntents();
                silo.AddMemoryGrainStorageAsDefault();
            })
            .Build();
    }

    internal static ImmutableArray<IntentExample> Garden { get; } =
    [
        .. Examples("book_mowing", "Please mow my lawn on Friday", "The grass is too high, can you cut it?", "I need someone with a mower"),
        .. Examples("prune_tree", "My apple tree needs pruning", "Can you cut the branches over the roof?", "Trim the old oak please"),
        .. Examples("buy_seeds", "Do you sell tomato seeds?", "I want to order a bag of grass seed", "Which flower seeds do you have?"),
    ];

    internal IntentTrainings Trainings { get; }

    public IGrainFactory Grains => _cluster.Client;

    internal IIntentModelGrain NewTenant() => Grains.GetGrain<IIntentModelGrain>("t" + Guid.NewGuid().ToString("N"));

    /// <summary>Trains to the end.</summary>
    internal static async Task<IntentModelStatus> TrainAsync(IIntentModelGrain tenant)
    {
        (await tenant.TrainAsync()).ValueOrThrow();
        return await UntilAsync(tenant, status => !status.Training!.IsRunning());
    }

    internal static async Task<IntentModelStatus> UntilAsync(IIntentModelGrain tenant, Func<IntentModelStatus, bool> holds)
    {
        IntentModelStatus? status = null;
        await KnowledgeCluster.UntilAsync(async () => holds(status = await tenant.GetAsync()));
        return status!;
    }

    internal static IEnumerable<IntentExample> Examples(string intent, params string[] texts) => texts.Select(text => new IntentExample(text, intent));

    public async ValueTask InitializeAsync() => await _cluster.DeployAsync();

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Trainings.Dispose();
        _encoder.Dispose();
    }
}
