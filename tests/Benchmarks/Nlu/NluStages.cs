using System.Diagnostics;
using CustomerService.Evals;
using CustomerService.Nlu;

namespace CustomerService.Benchmarks;

/// <summary>What each part of understanding takes by itself, on one thread, and how often it is right where a peer does the same.</summary>
internal sealed class NluStages(NluTexts texts, TunedEncoder encoder, SentenceEncoder original, UnderstandingModels models, Dictionary<string, double> peers, bool isQuick)
{
    private static readonly EntityContext s_context = new(new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero), "en", "US");
    private readonly TextPieces _pieces = new();

    public IEnumerable<Figure> Times()
    {
        foreach (var length in NluTexts.Lengths)
        {
            var list = texts.Texts[length];
            var vector = encoder.Encode(list[0]);
            yield return Median($"nlu.language_{length}_words_us", list, text => models.Languages.Detect(text), $"eld_{length}_words_us");
            yield return Median($"nlu.ngrams_{length}_words_us", list, text => models.Others.Predict(default, Pieces(text)), $"fasttext_{length}_words_us", limit: 60);
            yield return Median($"nlu.sentiment_{length}_words_us", list, text => models.Sentiment.Predict(text, "en", vector, _pieces), $"vader_{length}_words_us");
            yield return Median($"nlu.entities_{length}_words_us", list, text => models.Entities.Find(text, s_context), null, limit: 100);
            yield return Median($"nlu.encoder_{length}_words_us", list, text => encoder.Encode(text), null);
        }
    }

    /// <summary>On our own sentences; intents are learnt from the same 450 examples by all, but for the path of n-grams alone, which is the product's own model.</summary>
    public IEnumerable<Figure> Accuracies()
    {
        yield return Right("nlu.language_accuracy", texts.Languages, text => models.Languages.Detect(text).Code, "eld_language_accuracy");
        yield return Right("nlu.sentiment_accuracy", texts.Sentiments, Mood, "vader_sentiment_accuracy");
        var examples = texts.Train.ConvertAll(row => new IntentExample(row.Text, row.Label));
        var pair = new EncoderPair(encoder, original);
        var (own, _) = new IntentTrainer(examples, list => pair.EncodeMany(list, 1, CancellationToken.None), 1, CancellationToken.None).Train();
        yield return Right("nlu.intent_accuracy", texts.Test, text => Best(own.Predict(pair.Encode(text), Pieces(text))), "nlpjs_intent_accuracy");
        yield return Right("nlu.intent_accuracy_ngrams", texts.Test, text => Best(models.Others.Predict(default, Pieces(text))), "fasttext_intent_accuracy");
    }

    private TextPieces Pieces(string text)
    {
        _pieces.Read(text);
        return _pieces;
    }

    private string Mood(string text) => models.Sentiment.Predict(text, "en", encoder.Encode(text), Pieces(text)) is var said && said.Neutral >= (1 - said.Neutral + Math.Abs(said.Value)) / 2
        ? "neutral"
        : said.Value < 0 ? "negative" : "positive";

    private static string Best(IntentPredictions said) => said.Intents.IsEmpty || said.OutOfScope > said.Intents[0].Confidence ? IntentClassifier.OutOfScope : said.Intents[0].Intent;

    private Figure Right(string name, List<Labelled> rows, Func<string, string> answer, string peer) => new(name, rows.Average(row => answer(row.Text) == row.Label ? 1.0 : 0), "share", Peer(peer));

    private double? Peer(string? name) => name is not null && peers.TryGetValue(name, out var value) ? value : null;

    private Figure Median<T>(string name, List<string> list, Func<string, T> work, string? peer, double? limit = null)
    {
        Calls(list, work, TimeSpan.FromSeconds(isQuick ? 0.05 : 0.5));
        var times = Calls(list, work, TimeSpan.FromSeconds(isQuick ? 0.1 : 1.5));
        times.Sort();
        return new(name, times[times.Count / 2], "µs", Peer(peer) ?? limit);
    }

    private static List<double> Calls<T>(List<string> list, Func<string, T> work, TimeSpan time)
    {
        var (times, begin) = (new List<double>(), Stopwatch.GetTimestamp());
        while (Stopwatch.GetElapsedTime(begin) < time)
        {
            foreach (var text in list)
            {
                var start = Stopwatch.GetTimestamp();
                _ = work(text);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            }
        }

        return times;
    }
}
