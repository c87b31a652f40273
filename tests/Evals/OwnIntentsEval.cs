using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CustomerService.Nlu;

namespace CustomerService.Evals;

/// <summary>Intents that tenants bring themselves, on public sets: trained as the product trains them, judged on texts that were not trained on.</summary>
internal static class OwnIntentsEval
{
    // Rejecting more of what is in scope than this is not worth any recall of what is not.
    private const double AllowedRejection = 0.03;
    private const int FewExamples = 10;

    public static IEnumerable<Figure> Run(EvalOptions options)
    {
        if (options.Quick)
            return BankingFewExamples(Banking(options));

        var banking = Banking(options);
        List<Figure> figures = [.. Judge("banking77", banking.Train, banking.Test, [], 0.938), .. BankingFewExamples(banking), .. Clinc(options), .. Hwu(options)];
        return [.. figures, new("nlu.ece", figures.Where(figure => figure.Name.EndsWith("_ece", StringComparison.Ordinal)).Average(figure => figure.Value), "of 1", 0.03)];
    }

    private static (List<IntentExample> Train, List<IntentExample> Test) Banking(EvalOptions options)
    {
        var all = BankingRows(options);
        // The fifth that the encoder was not trained on (models/train/encoder.py).
        return (all.Where((_, row) => row % 5 != 4).ToList(), all.Where((_, row) => row % 5 == 4).ToList());
    }

    private static IEnumerable<Figure> BankingFewExamples((List<IntentExample> Train, List<IntentExample> Test) banking)
    {
        var (train, test) = banking;
        var few = train.GroupBy(row => row.Intent).SelectMany(group => group.Take(FewExamples)).ToList();
        foreach (var figure in Judge("banking77_10shot", few, test, [], 0.864, Original).Take(1))
            yield return figure with { Name = "nlu.banking77_10shot" };
        foreach (var figure in Judge("banking77_10shot_tuned", few, test, [], 0.864).Take(1))
            yield return figure with { Name = "nlu.banking77_10shot_tuned" };
    }

    private static IEnumerable<Figure> Clinc(EvalOptions options)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(options.Data, "clinc150/train_val.json")));
        List<IntentExample> Rows(string name) => [.. document.RootElement.GetProperty(name).EnumerateArray().Select(pair => new IntentExample(pair[0].GetString()!, pair[1].GetString()!))];
        return Judge("clinc150", Rows("train"), Rows("val"), [.. Rows("oos_val").Select(row => row.Text), .. Rows("oos_train").Select(row => row.Text)], 0.963).ToList();
    }

    private static IEnumerable<Figure> Hwu(EvalOptions options)
    {
        List<IntentExample> Rows(string name) =>
            [.. File.ReadLines(Path.Combine(options.Data, $"hwu64/split/{name}.seq.in")).Zip(File.ReadLines(Path.Combine(options.Data, $"hwu64/split/{name}.label")), (text, intent) => new IntentExample(text, intent))];
        return Judge("hwu64", Rows("train"), Rows("valid"), [], 0.913);
    }

    private static IEnumerable<Figure> Judge(string name, List<IntentExample> train, List<IntentExample> test, List<string> outside, double peer, Func<IReadOnlyList<string>, float[][]>? encode = null)
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        encode ??= Vectors;
        var (model, quality) = new IntentTrainer(train, encode, Environment.ProcessorCount, default).Train();
        Console.Error.WriteLine($"{name}: trained on {train.Count} texts in {watch.Elapsed.TotalSeconds:F1} s, cross-validation {quality.Accuracy:P2}, calibration error {quality.CalibrationError:F4}");
        FromFile(name, train, model, quality);

        var said = Predict(model, encode([.. test.Select(row => row.Text)]), [.. test.Select(row => row.Text)]);
        Report.Classes(name, test.Select((row, at) => (row.Intent, Best(said[at]))));
        Report.Worst(name, test.Select((row, at) => (row.Text, row.Intent, Best(said[at]), Confidence(said[at]))));
        yield return new Figure($"nlu.{name}_accuracy", Share(test.Select((row, at) => row.Intent == Best(said[at]))), "of 1", peer);
        yield return new Figure($"nlu.{name}_ece", Calibration.Error(test.Select((row, at) => (Confidence(said[at]), row.Intent == Best(said[at])))), "of 1", 0.03);
        yield return new Figure($"nlu.{name}_rejected", Share(said.Select(one => one.OutOfScope > 0.5)), "of 1");
        if (outside.Count == 0)
            yield break;

        var limit = said.Select(one => one.OutOfScope).Order().ElementAt((int)(said.Count * (1 - AllowedRejection)));
        var recall = Predict(model, encode(outside), outside);
        yield return new Figure($"nlu.{name}_oos_recall", Share(recall.Select(one => one.OutOfScope > limit)), "of 1", 0.86);
        yield return new Figure($"nlu.{name}_oos_recall_at_half", Share(recall.Select(one => one.OutOfScope > 0.5)), "of 1");
    }

    // What a restart costs instead of the training.
    private static void FromFile(string name, List<IntentExample> train, OwnIntents model, IntentQuality quality)
    {
        var (path, source) = (Path.GetTempFileName(), new IntentModelSource(new(new(name), 1), "", [.. train]));
        using (var file = File.Create(path))
            IntentModelFile.Write(file, source.Hash(), new(model, IntentMix.Trust(quality.Intents), ""));
        var watch = System.Diagnostics.Stopwatch.StartNew();
        using (var file = File.OpenRead(path))
            IntentModelFile.Read(file, source.Hash());
        Console.Error.WriteLine($"{name}: read from a file of {new FileInfo(path).Length / 1e6:F1} MB in {watch.Elapsed.TotalMilliseconds:F0} ms");
        File.Delete(path);
    }

    private static List<IntentPredictions> Predict(OwnIntents model, float[][] vectors, List<string> texts)
    {
        var pieces = new TextPieces();
        return [.. texts.Select((text, at) =>
        {
            pieces.Read(text);
            return model.Predict(vectors[at], pieces);
        })];
    }

    private static string Best(IntentPredictions said) => said.Intents is [var best, ..] ? best.Intent : "";

    // Given that one of the intents is meant.
    private static double Confidence(IntentPredictions said) => said.Intents is [var best, ..] ? best.Confidence / (1 - said.OutOfScope) : 0;

    private static double Share(IEnumerable<bool> rows) => rows.Average(row => row ? 1.0 : 0);

    private static float[][] Vectors(IReadOnlyList<string> texts) => EvalModels.Encoders.EncodeMany(texts, Environment.ProcessorCount, default);

    // The tuned encoder was trained on other examples of these very intents: how few are enough for intents that nobody has seen only the original can say.
    private static float[][] Original(IReadOnlyList<string> texts) => [.. EvalModels.Original.EncodeMany(texts, Environment.ProcessorCount, default).Select(vector => (float[])[.. vector, .. vector])];

    private static List<IntentExample> BankingRows(EvalOptions options)
    {
        using var reader = new StreamReader(Path.Combine(options.Data, "banking77/train.csv"));
        using var csv = new CsvReader(reader, CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        var rows = new List<IntentExample>();
        while (csv.Read())
            rows.Add(new IntentExample(csv.GetField("text")!, csv.GetField("category")!));
        return rows;
    }
}
