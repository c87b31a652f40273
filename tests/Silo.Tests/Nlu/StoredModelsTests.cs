using CustomerService.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Storage;
using Orleans.TestingHost;

namespace CustomerService.Nlu;

public sealed class StoredModelsTests : IDisposable
{
    private readonly TemporaryStorage _temporary = new();
    private readonly DirectoryInfo _sets = Directory.CreateTempSubdirectory("model-sets-");

    [Fact(Timeout = 60_000)]
    public async Task The_chosen_models_answer_again_after_a_restart_and_when_they_cannot_the_built_in_ones_do_and_say_why()
    {
        var folder = AddSet("2026-12");
        await using (var cluster = await StartAsync())
            Assert.Equal("2026-12", (await Models(cluster).ActivateAsync("2026-12")).ValueOrThrow().Answers);

        _temporary.Close();
        await using (var again = await StartAsync())
        {
            var status = await UntilAsync(again, status => status.Answers == "2026-12");
            Assert.Equal(("2026-12", "built-in"), (status.Active, status.Previous));
        }

        _temporary.Close();
        File.AppendAllText(Path.Combine(folder, "language", "language.bin"), "x");
        await using var damaged = await StartAsync();
        var refused = await UntilAsync(damaged, status => status.Problem is not null);

        Assert.Equal(("2026-12", "built-in", "models.hash_wrong"), (refused.Active, refused.Answers, refused.Problem!.Code));
        var rolledBack = (await Models(damaged).ActivateAsync("built-in")).ValueOrThrow();
        Assert.Equal(("built-in", null), (rolledBack.Active, rolledBack.Problem));
    }

    public void Dispose()
    {
        _temporary.Dispose();
        _sets.Delete(recursive: true);
    }

    private static IModelsGrain Models(InProcessTestCluster cluster) => cluster.Client.GetGrain<IModelsGrain>(IModelsGrain.Key);

    private static async Task<ModelsStatus> UntilAsync(InProcessTestCluster cluster, Func<ModelsStatus, bool> holds)
    {
        ModelsStatus status;
        while (!holds(status = await Models(cluster).GetAsync(TestContext.Current.CancellationToken)))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        return status;
    }

    private string AddSet(string version)
    {
        var folder = _sets.CreateSubdirectory(version).FullName;
        var part = Directory.CreateDirectory(Path.Combine(folder, ModelParts.Language)).FullName;
        foreach (var file in Directory.EnumerateFiles(Path.Combine(ModelFolder.PathBesideProgram, ModelParts.Language)))
            File.Copy(file, Path.Combine(part, Path.GetFileName(file)));
        File.WriteAllText(Path.Combine(folder, ModelManifest.FileName), ModelManifest.Of(folder, DateTimeOffset.UnixEpoch, "").Write());
        return folder;
    }

    private Task<InProcessTestCluster> StartAsync()
    {
        _temporary.Open();
        var storage = _temporary.GrainStorage();
        return SiloCluster.StartAsync(silo =>
        {
            silo.Services.AddKeyedSingleton<IGrainStorage>("Default", storage);
            silo.Services.AddSingleton<IGrainStorage>(storage);
            silo.Services.AddModelSets();
            silo.Services.AddSingleton(Options.Create(new NluOptions { Models = _sets.FullName, CheckInterval = TimeSpan.FromMilliseconds(100) }));
        });
    }
}
