using CustomerService.Answers;
using CustomerService.Tenancy;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace CustomerService.Knowledge;

/// <summary>Knowledge and answers on the engine, over a folder that the tests write to. Without the sentence encoder.</summary>
public sealed class KnowledgeCluster : IAsyncLifetime
{
    private readonly HelpCentre _help = new(), _data = new();
    private InProcessTestCluster? _cluster;

    internal HelpCentre Help => _help;

    internal IKnowledgeGrain Knowledge => _cluster!.Client.GetGrain<IKnowledgeGrain>("shop");

    internal IAnswerGrain Answers => _cluster!.Client.GetGrain<IAnswerGrain>("shop");

    internal IKnowledgeGrain KnowledgeOfAnotherTenant => _cluster!.Client.GetGrain<IKnowledgeGrain>("other");

    public async ValueTask InitializeAsync()
    {
        _help.Write("delivery/norway.md", HelpCentre.Source("norway", HelpCentre.Delivery, title: "Delivery times and prices"));
        _help.Write("agents/credit.md", HelpCentre.Source("credit", "Agents may pay a goodwill credit of €20.", audience: "agent"));
        _help.Write("broken.md", "nothing here");
        _cluster = new InProcessTestClusterBuilder(initialSilosCount: 1)
            .ConfigureHost(host => host.Configuration.AddInMemoryCollection([
                new("Knowledge:Path", _help.Path), new("Knowledge:DataPath", _data.Path), new("Knowledge:PollInterval", "00:00:01"), new("Tenancy:Tenant", "shop")]))
            .ConfigureSilo((_, silo) =>
            {
                silo.Services.AddOptions<TenancyOptions>().BindConfiguration("Tenancy");
                silo.Services.AddKnowledge().AddAnswers().AddSingleton<ITextVectors, WordVectors>();
            })
            .Build();
        await _cluster.DeployAsync();
        await UntilAsync(async () => (await Knowledge.GetStatusAsync(default)).Articles == 2);
    }

    public async ValueTask DisposeAsync()
    {
        await _cluster!.DisposeAsync();
        _help.Dispose();
        _data.Dispose();
    }

    /// <summary>The index follows the folder in its own time: asked until it has.</summary>
    internal static async Task UntilAsync(Func<Task<bool>> holds)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (!await holds())
            await Task.Delay(20, limit.Token);
    }
}
