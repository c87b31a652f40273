using CustomerService.Nlu;

namespace CustomerService.Evals;

/// <summary>Messages that ask for several things: our own, and two sentences of our own joined; and how often a message with one request is taken for more.</summary>
internal static class RequestsEval
{
    private static readonly string[] _links = [". ", ". Also, ", " and ", "\n", "? ", ", and "];

    public static IEnumerable<Figure> Run(EvalOptions options)
    {
        var own = Rows(options, "requests-eval").Select(row => (row.Intents, row.Text, Said: Requested(row.Text))).ToList();
        Report.Misses("requests of one message", own.Where(row => !IsRight(row.Intents, row.Said)).Select(row => (row.Text, row.Intents, row.Said)));
        yield return new Figure("nlu.requests_accuracy", own.Average(row => IsRight(row.Intents, row.Said) ? 1.0 : 0), "of 1");

        var single = Rows(options, "intents-en-eval").Where(row => row.Intents is not ("greeting" or "thanks" or "goodbye" or "out_of_scope")).ToList();
        var random = new Random(1);
        var joined = single.Where(row => row.Text.Length < 90).SelectMany(row => Enumerable.Range(0, 2).Select(_ => (One: row, Other: single[random.Next(single.Count)])))
            .Where(pair => pair.One.Intents != pair.Other.Intents)
            .Select(pair => (Intents: $"{pair.One.Intents}+{pair.Other.Intents}", Text: pair.One.Text.TrimEnd('.', '?', '!') + _links[random.Next(_links.Length)] + pair.Other.Text)).ToList();
        yield return new Figure("nlu.requests_joined_accuracy", joined.Average(row => IsRight(row.Intents, Requested(row.Text)) ? 1.0 : 0), "of 1");
        yield return new Figure("nlu.requests_false_alarms", single.Average(row => Requested(row.Text).Contains('+') ? 1.0 : 0), "of 1");
    }

    // Of a message with one request only that it is taken for one counts: which it is others judge.
    private static bool IsRight(string intents, string said) => intents.Contains('+') ? intents == said : said.Length == 0;

    private static string Requested(string text)
    {
        var (clauses, language) = (Clauses.Of(text), EvalModels.Understanding.Languages.Detect(text).Code);
        var requests = clauses.Count == 1 ? [] : Requests.Of(clauses, [.. clauses.Select(clause => EvalModels.Intents(clause.Of(text), language))]);
        return string.Join('+', requests.Select(request => request.Intent));
    }

    private static IEnumerable<(string Intents, string Text)> Rows(EvalOptions options, string name) =>
        File.ReadLines(Path.Combine(options.Root, $"models/data/{name}.tsv")).Select(line => line.Split('\t')).Select(cells => (cells[0], cells[1]));
}
