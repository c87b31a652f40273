using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu.Sets;

public sealed class ModelSetTests(UnderstandingTests.Running running) : IClassFixture<UnderstandingTests.Running>, IDisposable
{
    private const string Several = "Please cancel my order 4711. And where can I find my last invoice?";
    private readonly SetFolder _sets = new();

    private CurrentModels Models => running.Host.Services.GetRequiredService<CurrentModels>();

    public void Dispose()
    {
        Models.Put(Models.BuiltIn);
        _sets.Dispose();
    }

    [Fact]
    public async Task Swapping_sets_under_load_loses_no_analysis_and_no_message_is_understood_by_two()
    {
        const int callers = 4, messages = 60;
        var others = _sets.AddWithEncoder("other");
        using var done = new CancellationTokenSource();

        var swapping = Task.Run(() => SwapUntil(others, done.Token));
        var analyses = await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var heard = new List<Analysis>();
            while (heard.Count < messages)
                heard.Add(await AnalyzeAsync(Several));
            return heard;
        })));
        await done.CancelAsync();
        var swaps = await swapping;

        Assert.All(analyses.SelectMany(heard => heard), analysis => Assert.False(analysis.IsDegraded));
        Assert.All(analyses.SelectMany(heard => heard), analysis => Assert.Contains(Names(analysis), (string[])["cancel_order check_invoice", "cancel_0rder check_1nvoice"]));
        Assert.True(swaps > 100, $"{swaps} swaps");
    }

    [Fact]
    public async Task A_replaced_set_goes_when_the_last_message_that_it_began_is_done()
    {
        var set = Load(_sets.AddWithEncoder("own"));
        using var batcher = new SentenceBatcher(Models, new(() => throw new InvalidOperationException("Not asked for.")), Options.Create(new NluOptions()), NullLogger<SentenceBatcher>.Instance);
        Models.Put(set);
        var message = Models.Take();
        var vector = batcher.EncodeAsync(set, "Where is my order?", asPair: false, TestContext.Current.CancellationToken);

        Models.Put(Models.BuiltIn);
        var whileInUse = set.Encoder.Encode("in use");
        message.Dispose();
        message.Dispose();
        var whileAsked = set.Encoder.Encode("still in a queue");
        await batcher.StartAsync(TestContext.Current.CancellationToken);

        Assert.NotNull(await vector);
        Assert.NotEqual(whileInUse, whileAsked);
        Assert.Null(set.TryUse());
        Assert.Throws<ObjectDisposedException>(() => set.Encoder.Encode("gone"));
        Assert.NotEmpty(Models.BuiltIn.Encoder.Encode("never goes"));
        await batcher.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_set_takes_what_it_lacks_from_the_built_in_one()
    {
        var set = Load(_sets.Add("many", [ModelParts.IntentsMany, ModelParts.SentimentMany], ("cancel_order", "cancel_0rder")));
        Models.Put(set);

        Assert.Equal("cancel_0rder", (await AnalyzeAsync("Ich möchte meine Bestellung stornieren")).Intents[0].Intent);
        Assert.Equal("cancel_order", (await AnalyzeAsync("Please cancel my order")).Intents[0].Intent);
        Assert.Same(Models.BuiltIn.Encoder, set.Encoder);
        Assert.Same(Models.BuiltIn.Models.Entities, set.Models.Entities);
    }

    [Fact]
    public void A_copy_of_every_part_is_a_set() => Load(_sets.Add("all", [.. ModelParts.All])).Release();

    [Theory]
    [InlineData("a byte", "models.hash_wrong"), InlineData("a file that is gone", "models.file_missing"), InlineData("no card", "models.incomplete"), InlineData("an encoder alone", "models.incomplete")]
    [InlineData("half a file", "models.part_invalid"), InlineData("a header of nonsense", "models.part_invalid"), InlineData("another model's weights", "models.shape_wrong"), InlineData("no number", "models.not_finite")]
    [InlineData("a label that is gone", "models.label_missing"), InlineData("labels of other things", "models.sentence_wrong"), InlineData("another encoder", "models.encoder_differs"), InlineData("an encoder that says nothing", "models.not_finite")]
    [InlineData("another name", "models.manifest_invalid"), InlineData("a path out of it", "models.manifest_invalid"), InlineData("no manifest", "models.manifest_invalid")]
    public void A_set_with_a_fault_is_refused(string fault, string code)
    {
        var folder = _sets.Add("broken", fault.Contains("encoder that") ? [ModelParts.Encoder, ModelParts.Intents, ModelParts.Sentiment] : [fault == "an encoder alone" ? ModelParts.Encoder : ModelParts.Intents], NamesFor(fault));
        Break(fault, folder);

        var (set, refusal) = ModelSetLoader.Load(folder, Models.BuiltIn);

        Assert.Null(set);
        Assert.Equal((RefusalKind.Conflict, code), (refusal!.Kind, refusal.Code));
    }

    private static (string From, string To)[] NamesFor(string fault) => fault switch
    {
        "a label that is gone" => [("complaint", "komplaint")],
        "labels of other things" => [("contact_human_agent", "nineteen_characters"), ("check_refund_policy", "contact_human_agent"), ("nineteen_characters", "check_refund_policy")],
        _ => [],
    };

    private void Break(string fault, string folder)
    {
        var (weights, encoder, manifest) = (Path.Combine(folder, ModelParts.Intents, "model.safetensors"), Path.Combine(folder, ModelParts.EncoderFile), Path.Combine(folder, ModelManifest.FileName));
        switch (fault)
        {
            case "a byte": Overwrite(weights, -1, 7); return;
            case "a file that is gone": File.Delete(weights); return;
            case "another encoder": Rewrite(manifest, ModelFolder.BesideProgram.TunedEncoderHash(), new string('0', 64)); return;
            case "another name": Rewrite(manifest, "\"broken\"", "\"other\""); return;
            case "a path out of it": Rewrite(manifest, "intents/MODEL.md", "intents/../../MODEL.md"); return;
            case "no manifest": File.Delete(manifest); return;
            case "no card": File.Delete(Path.Combine(folder, ModelParts.Intents, ModelParts.Card)); break;
            case "half a file": File.WriteAllBytes(weights, File.ReadAllBytes(weights)[..^2_000_000]); break;
            case "a header of nonsense": Overwrite(weights, 9, 0); break;
            case "another model's weights": File.Copy(Path.Combine(ModelFolder.PathBesideProgram, ModelParts.IntentsMany, "model.safetensors"), weights, overwrite: true); break;
            case "no number": Overwrite(weights, -1, 0x7e); break;
            case "an encoder that says nothing": Overwrite(encoder, -1, 0x7e); break;
        }

        _sets.Describe("broken");
    }

    // A negative place counts from the end; 0x7e there makes the last 16-bit float no number.
    private static void Overwrite(string path, int at, byte value)
    {
        var content = File.ReadAllBytes(path);
        content[at < 0 ? content.Length + at : at] = value;
        File.WriteAllBytes(path, content);
    }

    private static void Rewrite(string path, string from, string to) => File.WriteAllText(path, File.ReadAllText(path, Encoding.UTF8).Replace(from, to, StringComparison.Ordinal));

    // Each loaded set comes and goes many times, then for good while messages may still use it.
    private int SwapUntil(string folder, CancellationToken done)
    {
        var swaps = 0;
        while (!done.IsCancellationRequested)
        {
            var set = Load(folder);
            for (var i = 0; i < 50_000 && !done.IsCancellationRequested; i++, swaps++)
            {
                set.Use();
                Models.Put(set);
                Thread.Yield();
                Models.Put(Models.BuiltIn);
                Thread.Yield();
            }

            set.Release();
        }

        return swaps;
    }

    private ModelSet Load(string folder) => ModelSetLoader.Load(folder, Models.BuiltIn).ValueOrThrow();

    private static string Names(Analysis analysis) => string.Join(' ', analysis.Requests.Select(request => request.Intent));

    private Task<Analysis> AnalyzeAsync(string text) =>
        running.Host.Services.GetRequiredService<Understanding>().AnalyzeAsync(new AnalysisRequest(text, DateTimeOffset.UnixEpoch, null), TestContext.Current.CancellationToken);
}
