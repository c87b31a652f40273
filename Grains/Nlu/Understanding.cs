using System.Text;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

/// <summary>The trained parts that understanding is made of.</summary>
/// <param name="Languages">Tells the language first: it decides which of the others is asked.</param>
/// <param name="Entities">Finds values.</param>
/// <param name="English">Intents of English, over sentence vector and n-grams.</param>
/// <param name="Others">Intents of every language, over n-grams alone.</param>
/// <param name="Sentiment">Reads the mood.</param>
internal sealed record UnderstandingModels(
    ILanguageDetector Languages, IEntityRecogniser Entities, IntentClassifier English, IntentClassifier Others, SentimentClassifier Sentiment);

/// <summary>Understands a message: language, then intent and sentiment by that language, and entities.</summary>
internal sealed class Understanding(UnderstandingModels models, SentenceBatcher batcher, IOptions<NluOptions> options, TimeProvider time)
{
    private const int MaxCharacters = 10_000;
    private const int ShortText = 20;
    private const double SureLanguage = 0.5;
    private const string English = "en";

    public async Task<Analysis> AnalyzeAsync(AnalysisRequest request, CancellationToken cancellationToken)
    {
        var text = request.Text.Length > MaxCharacters ? request.Text[..MaxCharacters] : request.Text;
        var language = LanguageOf(text, request.LanguageHint);
        var usesVector = language.Code == English || (language.Code == Languages.Unknown && Ascii.IsValid(text));
        var clauses = Clauses.Of(text);
        string[] texts = clauses.Count > 1 ? [text, .. clauses.Select(clause => clause.Of(text))] : [text];
        var vectors = usesVector ? await VectorsAsync(texts, cancellationToken) : new float[]?[texts.Length];
        var requests = Requests.Of(clauses, [.. texts.Zip(vectors).Skip(1).Select(part => Intents(part.First, part.Second))]);
        return Analyze(text, request.At, language, vectors[0], isDegraded: usesVector && vectors[0] is null) with { Requests = requests };
    }

    private Analysis Analyze(string text, DateTimeOffset at, LanguagePrediction language, float[]? vector, bool isDegraded)
    {
        var (intents, outOfScope) = Intents(text, vector);
        var sentiment = models.Sentiment.Predict(text, language.Code, vector, Pieces(text));
        var entities = models.Entities.Find(text, new EntityContext(at, language.Code));
        return new Analysis(language, intents, outOfScope, entities, sentiment.Value, sentiment.Confidence, isDegraded);
    }

    private IntentPredictions Intents(string text, float[]? vector) => (vector is null ? models.Others : models.English).Predict(vector, Pieces(text));

    private static TextPieces Pieces(string text)
    {
        var pieces = new TextPieces();
        pieces.Read(text);
        return pieces;
    }

    // "ok" could be any language: then the conversation's own counts. A long message in a language beyond the 23 stays unknown.
    private LanguagePrediction LanguageOf(string text, string? hint)
    {
        var heard = models.Languages.Detect(text, hint);
        var saysNothing = heard.Code == Languages.Unknown ? text.Length < ShortText : heard.Confidence < SureLanguage;
        return hint is not null && saysNothing ? new(hint, SureLanguage) : heard;
    }

    // Asked for together, they share an inference.
    private async Task<float[]?[]> VectorsAsync(string[] texts, CancellationToken cancellationToken)
    {
        try { return await Task.WhenAll(texts.Select(text => batcher.EncodeAsync(text, cancellationToken))).WaitAsync(options.Value.Budget, time, cancellationToken); }
        catch (TimeoutException) { return new float[]?[texts.Length]; }
    }
}
