using System.Globalization;
using System.Text.Json;
using CsvHelper;
using CustomerService.Nlu;

namespace CustomerService.Evals;

/// <summary>The 27 support intents on templates that training has not seen; our own sentences in English and the other languages; out-of-scope.</summary>
internal static class SupportIntents
{
    // Rejecting more of what is in scope than this is not worth any recall of what is not.
    private const double AllowedRejection = 0.03;
    private static readonly string[] _smallTalk = ["greeting", "thanks", "goodbye"];

    public static IEnumerable<Figure> Run(EvalOptions options)
    {
        var support = HeldOut(options).Select(row => (row.Intent, row.Text, Said: EvalModels.Intents(row.Text))).ToList();
        Report.Classes("support intents, held-out templates", support.Select(row => (row.Intent, BestSupport(row.Said))));
        Report.Worst("support intents", support.Select(row => (row.Text, row.Intent, BestSupport(row.Said), Confidence(row.Said))));
        yield return new Figure("nlu.support_accuracy", Share(support, row => row.Intent == BestSupport(row.Said)), "of 1", 0.94);
        yield return new Figure("nlu.support_rejected", Share(support, row => row.Said.OutOfScope > 0.5), "of 1", AllowedRejection);
        yield return new Figure("nlu.support_calibration_error", Calibration.Error(support.Select(row => (Confidence(row.Said), row.Intent == Best(row.Said)))), "of 1");

        var own = Own(options, "intents-en-eval").Select(row => (row.Intent, row.Text, Said: EvalModels.Intents(row.Text))).ToList();
        Report.Misses("our own English sentences, small talk and out-of-scope", own.Select(row => (row.Text, row.Intent, Best(row.Said))));
        yield return new Figure("nlu.own_sentences_accuracy", Share(own, row => row.Intent == Best(row.Said)), "of 1");
        yield return new Figure("nlu.own_calibration_error", Calibration.Error(own.Select(row => (Confidence(row.Said), row.Intent == Best(row.Said)))), "of 1");

        var outside = OutOfScope(options).Select(text => EvalModels.Intents(text)).ToList();
        yield return new Figure("nlu.out_of_scope_recall", Share(outside, said => said.OutOfScope > 0.5), "of 1");
        foreach (var figure in Others(options))
            yield return figure;
    }

    /// <summary>Our own sentences in 22 languages that no model was trained on.</summary>
    public static IEnumerable<(string Language, string Intent, string Text)> OtherLanguages(EvalOptions options) =>
        File.ReadLines(Path.Combine(options.Root, "models/data/intents-others-eval.tsv")).Select(line => line.Split('\t')).Select(cells => (cells[0], cells[1], cells[2]));

    private static IEnumerable<Figure> Others(EvalOptions options)
    {
        var rows = OtherLanguages(options).Select(row => (row.Language, row.Intent, Said: EvalModels.Intents(row.Text, row.Language))).ToList();
        Console.WriteLine("\nintents in the other languages, our own sentences, n-grams alone");
        foreach (var language in rows.GroupBy(row => row.Language))
            Console.WriteLine($"  {language.Key}  {language.Count(),3} texts  {Share([.. language], row => row.Intent == Best(row.Said)),7:P1}");
        yield return new Figure("nlu.intents_other_languages_accuracy", Share(rows, row => row.Intent == Best(row.Said)), "of 1");
        yield return new Figure("nlu.person_request_22_languages", Share([.. rows.Where(row => row.Intent == "contact_human_agent")], row => row.Intent == Best(row.Said)), "of 1");
    }

    private static string Best(IntentPredictions said) =>
        said.Intents is [var likely, ..] && likely.Confidence >= said.OutOfScope ? likely.Intent : IntentClassifier.OutOfScope;

    private static string BestSupport(IntentPredictions said) =>
        said.Intents.Select(prediction => prediction.Intent).FirstOrDefault(intent => !_smallTalk.Contains(intent)) ?? IntentClassifier.OutOfScope;

    private static double Confidence(IntentPredictions said) => Math.Max(said.OutOfScope, said.Intents is [var likely, ..] ? likely.Confidence : 0);

    private static double Share<T>(IReadOnlyCollection<T> rows, Func<T, bool> isTrue) => rows.Count(isTrue) / (double)rows.Count;

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

    private static List<string> OutOfScope(EvalOptions options)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(options.Data, "clinc150/train_val.json")));
        return [.. document.RootElement.GetProperty("oos_val").EnumerateArray().Select(pair => pair[0].GetString()!)];
    }
}
