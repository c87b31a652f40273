using System.Diagnostics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerService.Evals;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CustomerService.Nlu;

/// <summary><c>./run analyze</c>, <c>./run redact</c> and <c>./run intents</c>: understanding, for texts of a file. Results go to the output, one JSON object a line.</summary>
internal static class NluCommands
{
    private static readonly JsonSerializerOptions _json = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    /// <summary>Language, intents, entities and sentiment of each text.</summary>
    public static async Task<int> AnalyzeAsync(string path)
    {
        var lines = Read(path);
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Nlu:Budget", "00:00:05")]);
        builder.Services.AddLogging().AddNlu(builder.Configuration);
        using var host = builder.Build();
        await host.StartAsync();
        var understanding = host.Services.GetRequiredService<Understanding>();
        foreach (var line in lines)
            Print(new { line.Text, Analysis = await understanding.AnalyzeAsync(new AnalysisRequest(line.Text, DateTimeOffset.UtcNow, LanguageHint: null), default) });
        await host.StopAsync();
        return 0;
    }

    /// <summary>Each text as agents would see it, with what its masks stand for, and as it could become training data.</summary>
    public static int Redact(string path)
    {
        var models = ModelFolder.BesideProgram.Understanding();
        foreach (var line in Read(path))
        {
            var found = models.Entities.Find(line.Text, new EntityContext(DateTimeOffset.UtcNow, models.Languages.Detect(line.Text).Code));
            var (masked, values) = Redaction.Mask(line.Text, found, Redaction.HiddenFromAgents);
            Print(new { masked, values, training = Redaction.Anonymise(line.Text, found, Redaction.HiddenFromTraining, Random.Shared) });
        }

        return 0;
    }

    /// <summary>Trains on the examples of one file and names the intents of the texts of another.</summary>
    public static int Classify(string examplesPath, string textsPath)
    {
        var examples = IntentExamples.Check(Read(examplesPath).Select(line => new IntentExample(line.Text, line.Intent ?? "")));
        if (examples.Refusal is { } refusal)
            throw new InvalidDataException($"{examplesPath}: {refusal.Detail}");

        var (watch, threads) = (Stopwatch.StartNew(), Environment.ProcessorCount);
        using var tuned = new TunedEncoder(ModelFolder.BesideProgram);
        using var original = new SentenceEncoder(ModelFolder.BesideProgram);
        var encoder = new EncoderPair(tuned, original);
        var (model, quality) = new IntentTrainer(examples.Value, texts => encoder.EncodeMany(texts, threads, default), threads, default).Train();
        Console.Error.WriteLine($"{examples.Value.Length} examples, {model.Labels.Length} intents, trained in {watch.Elapsed.TotalSeconds:F1} s; five-fold cross-validation: "
            + $"accuracy {quality.Accuracy:P2}, calibration error {quality.CalibrationError:F3}");
        foreach (var (intent, takenFor, count) in quality.Confusions.Take(5))
            Console.Error.WriteLine($"  {intent} taken for {takenFor}: {count}");

        var lines = Read(textsPath);
        var (vectors, pieces, right) = (encoder.EncodeMany([.. lines.Select(line => line.Text)], threads, default), new TextPieces(), 0);
        foreach (var (at, line) in lines.Index())
        {
            pieces.Read(line.Text);
            var said = model.Predict(vectors[at], pieces);
            var best = said.Intents is [var first, ..] ? first : new IntentPrediction(IntentClassifier.OutOfScope, said.OutOfScope);
            right += best.Intent == line.Intent ? 1 : 0;
            Print(new { line.Text, best.Intent, best.Confidence, said.OutOfScope, said.Intents });
        }

        if (lines.Any(line => line.Intent is not null))
            Console.Error.WriteLine($"{right} of {lines.Length} texts have the intent that their file gives: {right / (double)lines.Length:P2}");
        return 0;
    }

    private static ImmutableArray<TextLine> Read(string path)
    {
        var lines = TextFile.Read(File.ReadAllText(path), TextFile.FormatOf(path));
        return lines.Refusal is { } refusal ? throw new InvalidDataException($"{path}: {refusal.Detail}") : lines.Value;
    }

    private static void Print(object result) => Console.WriteLine(JsonSerializer.Serialize(result, _json));
}
