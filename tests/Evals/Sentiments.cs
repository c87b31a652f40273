using System.Text.RegularExpressions;
using CustomerService.Nlu;

namespace CustomerService.Evals;

/// <summary>Sentiment in three classes: tweets in eight languages that training has not seen, and our own support sentences.</summary>
internal static partial class Sentiments
{
    private static readonly string[] _classes = ["negative", "neutral", "positive"];
    private static readonly (string Code, string Folder)[] _languages =
        [("en", "english"), ("ar", "arabic"), ("de", "german"), ("es", "spanish"), ("fr", "french"), ("hi", "hindi"), ("it", "italian"), ("pt", "portuguese")];

    public static IEnumerable<Figure> Run(EvalOptions options)
    {
        var scores = new List<double>();
        foreach (var (code, folder) in _languages)
        {
            var rows = Tweets(options, folder).Select(row => (row.Text, row.Truth, Said: EvalModels.Sentiment(row.Text, code))).ToList();
            scores.Add(Report.Classes($"sentiment of tweets, {code}", rows.Select(row => (row.Truth, Class(row.Said)))));
            if (code == "en")
                Report.Misses("  the five worst", Worst(rows));
        }

        yield return new Figure("nlu.sentiment_en_f1", scores[0], "macro F1", 0.648);
        yield return new Figure("nlu.sentiment_mean8_f1", scores.Average(), "macro F1", 0.543);

        var own = File.ReadLines(Path.Combine(options.Root, "models/data/sentiment-en-eval.tsv")).Select(line => line.Split('\t'))
            .Select(cells => (Text: cells[1], Truth: cells[0], Said: EvalModels.Sentiment(cells[1]))).ToList();
        var ownScore = Report.Classes("sentiment of our own support sentences, en", own.Select(row => (row.Truth, Class(row.Said))));
        Report.Misses("  misses", own.Select(row => (row.Text, row.Truth, Class(row.Said))));
        yield return new Figure("nlu.sentiment_support_f1", ownScore, "macro F1");
    }

    // The value is the positive probability less the negative one, and all three make 1: the likeliest counts.
    private static string Class(SentimentPrediction said) =>
        said.Neutral >= (1 - said.Neutral + Math.Abs(said.Value)) / 2 ? "neutral" : said.Value < 0 ? "negative" : "positive";

    private static IEnumerable<(string Text, string Truth, string Said)> Worst(IEnumerable<(string Text, string Truth, SentimentPrediction Said)> rows) =>
        rows.Where(row => row.Truth != "neutral").OrderBy(row => row.Truth == "positive" ? row.Said.Value : -row.Said.Value).Take(5)
            .Select(row => (row.Text, row.Truth, $"{row.Said.Value:+0.00;-0.00}"));

    private static IEnumerable<(string Text, string Truth)> Tweets(EvalOptions options, string folder)
    {
        var path = Path.Combine(options.Data, "xlm-t-sentiment", folder);
        var rows = File.ReadLines(Path.Combine(path, "val_text.txt")).Zip(File.ReadLines(Path.Combine(path, "val_labels.txt")));
        foreach (var ((text, label), index) in rows.Select((row, index) => (row, index)))
            if (!options.Quick || index % 4 == 0)
                yield return (Address().Replace(Escape().Replace(text, match => ((char)Convert.ToInt32(match.Groups["code"].Value, 16)).ToString()), " "), _classes[int.Parse(label)]);
    }

    [GeneratedRegex(@"\\u(?<code>[0-9a-fA-F]{4})", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Escape();

    [GeneratedRegex(@"https?://\S+|\bhttp\b|@user", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Address();
}
