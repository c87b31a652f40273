using CustomerService.Answers;
using CustomerService.Conversations;
using CustomerService.Knowledge;
using CustomerService.Routing;
using CustomerService.Tenancy;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace CustomerService.Nlu.Intents;

/// <summary>Tenants' own intents on the engine, with the real encoder and storage in memory.</summary>
public sealed class IntentCluster : IAsyncLifetime
{
    private readonly TunedEncoder _tuned = new(ModelFolder.BesideProgram);
    private readonly SentenceEncoder _original = new(ModelFolder.BesideProgram);
    private readonly DirectoryInfo _cache = Directory.CreateTempSubdirectory("own-intents-");
    private readonly InProcessTestCluster _cluster;

    public IntentCluster()
    {
        Models = new CurrentModels(new ModelSet(ModelSet.BuiltInVersion, new(ModelFolder.BesideProgram.Understanding), new(_tuned), ownsEncoder: false));
        Trainings = new IntentTrainings(new Lazy<SentenceEncoder>(_original), Options.Create(new IntentOptions { TrainingThreads = 1 }));
        _cluster = new InProcessTestClusterBuilder(initialSilosCount: 1)
            .ConfigureHost(host => host.Configuration.AddInMemoryCollection([
                new("Intents:MaxVersions", "3"), new("Intents:Cache", Cache), new("Intents:GatherInterval", "00:00:00.001"), new("Nlu:Budget", "00:00:05"), new("Conversations:AnalysisDeadline", "00:00:30")]))
            .ConfigureSilo((_, silo) =>
            {
                silo.Services.AddSingleton(_tuned).AddSingleton(_original).AddSingleton(Models).AddSingleton(Trainings);
                silo.Services.AddNlu(silo.Configuration).AddOwnIntents().AddOwnEntities().AddConversations().AddQueues();
                silo.AddOutgoingGrainCallFilter(AnswerAsync);
                silo.AddMemoryGrainStorageAsDefault();
            })
            .Build();
    }

    internal static ImmutableArray<IntentExample> Garden { get; } =
    [
        .. Examples("book_mowing", "Please mow my lawn on Friday", "The grass is too high, can you cut it?", "I need someone with a mower", "Cut the lawn twice a month", "Lawn mowing for a small garden"),
        .. Examples("prune_tree", "My apple tree needs pruning", "Can you cut the branches over the roof?", "Trim the old oak please", "The cherry tree is too big", "Somebody should saw off a dead branch"),
        .. Examples("buy_seeds", "Do you sell tomato seeds?", "I want to order a bag of grass seed", "Which flower seeds do you have?", "Seeds of sunflowers please", "Price of carrot seeds"),
        .. Examples("fight_pests", "Snails eat my salad", "There are lice on the roses", "What helps against ants on the terrace?", "My box hedge has caterpillars", "Moles everywhere, help"),
        .. Examples("build_fence", "I need a fence around the meadow", "Can you set up wooden posts?", "A new gate for the fence", "The fence fell in the storm", "How much is ten metres of fence?"),
    ];

    internal string Cache => _cache.FullName;

    internal CurrentModels Models { get; }

    internal IntentTrainings Trainings { get; }

    internal SentenceEncoder Original => _original;

    /// <summary>What trainings use.</summary>
    internal EncoderPair Encoders => new(_tuned, _original);

    internal OwnIntentModels OwnModels => _cluster.GetSiloServiceProvider().GetRequiredService<OwnIntentModels>();

    public IGrainFactory Grains => _cluster.Client;

    internal static TenantId NewTenantId() => new("t" + Guid.NewGuid().ToString("N"));

    internal IIntentModelGrain NewTenant() => Tenant(NewTenantId());

    internal IIntentModelGrain Tenant(TenantId id) => Grains.GetGrain<IIntentModelGrain>(id.Value);

    /// <summary>A contact of the tenant writes; returns what was stored of it.</summary>
    internal async Task<Message> WriteAsync(ConversationKey conversation, string text)
    {
        var grain = Grains.GetGrain<IConversationGrain>(conversation.ToString());
        var message = A.Message(text);
        var posted = (await grain.PostAsync(message with { Origin = message.Origin with { Contact = new(conversation.Tenant, Guid.NewGuid()) } })).ValueOrThrow();
        return ((MessagePosted)(await grain.ReadAsync(posted.Sequence - 1, 1)).Entries[0].Event).Message;
    }

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

    private static Task AnswerAsync(IOutgoingGrainCallContext call)
    {
        if (call.InterfaceMethod.DeclaringType != typeof(IAnswerGrain))
            return call.Invoke();
        call.Result = A.Answer();
        return Task.CompletedTask;
    }

    public async ValueTask InitializeAsync() => await _cluster.DeployAsync();

    public async ValueTask DisposeAsync()
    {
        await _cluster.DisposeAsync();
        Trainings.Dispose();
        _tuned.Dispose();
        _original.Dispose();
        _cache.Delete(recursive: true);
    }
}
