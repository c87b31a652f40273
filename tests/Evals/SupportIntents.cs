using System.Globalization;
using CsvHelper;
using CustomerService.Nlu;

namespace CustomerService.Evals;

/// <summary>The 27 support intents on templates that training has not seen, and small sets for small talk and out-of-scope.</summary>
internal static class SupportIntents
{
    private static readonly string[] _extra = ["greeting", "thanks", "goodbye", IntentClassifier.OutOfScope];

    public static IEnumerable<Figure> Run(EvalOptions options)
    {
        using var encoder = new SentenceEncoder(ModelFolder.BesideProgram);
        var classifier = new IntentClassifier(ModelFolder.BesideProgram.Linear("intents"));
        var answers = new List<(string Text, string Truth, IntentPredictions Said)>();
        foreach (var (text, truth) in HeldOut(options))
            answers.Add((text, truth, Ask(encoder, classifier, text)));

        Report.Classes("support intents, held-out templates", answers.Select(a => (a.Truth, Best(a.Said, onlySupport: true))));
        yield return new Figure("nlu.support_accuracy", answers.Average(a => a.Truth == Best(a.Said, onlySupport: true) ? 1.0 : 0), "of 1", 0.937);
        yield return new Figure("nlu.support_rejected", answers.Average(a => a.Said.OutOfScope > 0.5 ? 1.0 : 0), "of 1");

        var own = Own(options, "intents-en-eval").Select(row => (row.Text, row.Intent, Said: Ask(encoder, classifier, row.Text))).ToList();
        yield return new Figure("nlu.own_sentences_accuracy", own.Average(a => a.Intent == Best(a.Said) ? 1.0 : 0), "of 1");
        foreach (var miss in own.Where(a => a.Intent != Best(a.Said)))
            Console.WriteLine($"   {miss.Text}: {miss.Intent} -> {Best(miss.Said)}");

        var outside = OutOfScope(options).ToList();
        yield return new Figure("nlu.out_of_scope_recall", outside.Average(text => Ask(encoder, classifier, text).OutOfScope > 0.5 ? 1.0 : 0), "of 1", 0.87);
    }

    private static IntentPredictions Ask(SentenceEncoder encoder, IntentClassifier classifier, string text)
    {
        var ngrams = new TextPieces();
        ngrams.Read(text);
        return classifier.Predict(encoder.Encode(text), ngrams);
    }

    private static string Best(IntentPredictions said, bool onlySupport = false)
    {
        var best = said.Intents.FirstOrDefault(i => !onlySupport || !_extra.Contains(i.Intent));
        return !onlySupport && said.OutOfScope > best.Confidence ? IntentClassifier.OutOfScope : best.Intent ?? IntentClassifier.OutOfScope;
    }

    private static IEnumerable<(string Text, string Intent)> HeldOut(EvalOptions options)
    {
        var held = File.ReadLines(Path.Combine(options.Root, "models/intents/held-out.txt")).Select(int.Parse).ToHashSet();
        using var reader = new StreamReader(Path.Combine(options.Data, "bitext-customer-support/bitext_2023-08_6480_entities.csv"));
        using var csv = new CsvReader(reader, CultureInfo.InvariantCulture);
        csv.Read();
        csv.ReadHeader();
        for (var row = 0; csv.Read(); row++)
            if (held.Contains(row) && (!options.Quick || row % 4 == 0))
                yield return (csv.GetField("instruction")!, csv.GetField("intent")!);
    }

    private static IEnumerable<(string Intent, string Text)> Own(EvalOptions options, string name) =>
        File.ReadLines(Path.Combine(options.Root, $"models/data/{name}.tsv")).Select(line => line.Split('\t')).Select(cells => (cells[0], cells[1]));

    private static IEnumerable<string> OutOfScope(EvalOptions options)
    {
        using var document = System.Text.Json.JsonDocument.Parse(File.ReadAllBytes(Path.Combine(options.Data, "clinc150/train_val.json")));
        foreach (var pair in document.RootElement.GetProperty("oos_val").EnumerateArray())
            yield return pair[0].GetString()!;
    }
}
