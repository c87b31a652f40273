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
    private const double SureLanguage = 0.5;
    private const string English = "en";

    public async Task<Analysis> AnalyzeAsync(AnalysisRequest request, CancellationToken cancellationToken)
    {
        var text = request.Text.Length > MaxCharacters ? request.Text[..MaxCharacters] : request.Text;
        var language = LanguageOf(text, request.LanguageHint);
        var usesVector = language.Code == English || (language.Code == Languages.Unknown && Ascii.IsValid(text));
        var vector = usesVector ? await VectorAsync(text, cancellationToken) : null;
        return Analyze(text, request.At, language, vector, isDegraded: usesVector && vector is null);
    }

    private Analysis Analyze(string text, DateTimeOffset at, LanguagePrediction language, float[]? vector, bool isDegraded)
    {
        var pieces = new TextPieces();
        pieces.Read(text);
        var (intents, outOfScope) = (vector is null ? models.Others : models.English).Predict(vector, pieces);
        var sentiment = models.Sentiment.Predict(text, language.Code, vector, pieces);
        var entities = models.Entities.Find(text, new EntityContext(at, language.Code));
        return new Analysis(language, intents, outOfScope, entities, sentiment.Value, sentiment.Confidence, isDegraded);
    }

    // "ok" could be any language: then the conversation's own counts.
    private LanguagePrediction LanguageOf(string text, string? hint)
    {
        var heard = models.Languages.Detect(text);
        return hint is not null && (heard.Code == Languages.Unknown || heard.Confidence < SureLanguage) ? new(hint, SureLanguage) : heard;
    }

    private async Task<float[]?> VectorAsync(string text, CancellationToken cancellationToken)
    {
        try { return await batcher.EncodeAsync(text, cancellationToken).WaitAsync(options.Value.Budget, time, cancellationToken); }
        catch (TimeoutException) { return null; }
    }
}
