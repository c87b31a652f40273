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
/// <param name="current">The trained parts: each message takes the set that answers when it comes, and keeps it to its end.</param>
/// <param name="batcher">Makes sentence vectors.</param>
/// <param name="options">The budget.</param>
/// <param name="time">The clock of the budget.</param>
/// <param name="ownModels">Tenants' own intents; null where there are none, as in tools.</param>
/// <param name="unsure">Hears of messages of tenants with intents of their own.</param>
/// <param name="ownEntities">Tenants' own entities; null where there are none, as in tools.</param>
internal sealed class Understanding(
    CurrentModels current, SentenceBatcher batcher, IOptions<NluOptions> options, TimeProvider time, OwnIntentModels? ownModels = null, UnsureMessages? unsure = null,
    OwnEntitiesInUse? ownEntities = null)
{
    private const int MaxCharacters = 10_000;
    private const int ShortText = 20;
    private const double SureLanguage = 0.5;
    private const string English = "en";

    // Once in the life of a process.
    private static readonly TimeSpan FirstRead = TimeSpan.FromMilliseconds(500);

    public async Task<Analysis> AnalyzeAsync(AnalysisRequest request, CancellationToken cancellationToken)
    {
        var text = request.Text.Length > MaxCharacters ? request.Text[..MaxCharacters] : request.Text;
        using var use = current.Take();
        var (set, models) = (use.Set, use.Set.Models);
        var language = LanguageOf(models, text, request.LanguageHint);
        var isEnglish = language.Code == English || (language.Code == Languages.Unknown && Ascii.IsValid(text));
        var own = request.Tenant is { } tenant ? ownModels?.ActiveOf(tenant, set)?.Intents : null;

        // One inference for the pack and for own intents, which are trained with vectors of whatever language their examples have.
        var usesVector = isEnglish || own is not null;
        var clauses = Clauses.Of(text);
        string[] texts = clauses.Count > 1 ? [text, .. clauses.Select(clause => clause.Of(text))] : [text];
        var vectors = usesVector ? await VectorsAsync(set, texts, own is not null, request.Patience ?? options.Value.Budget, cancellationToken) : [null];
        var intents = texts.Select((part, at) => Intents(models, part, vectors.ElementAtOrDefault(at), isEnglish, own)).ToList();
        var sentiment = models.Sentiment.Predict(text, language.Code, isEnglish ? EncoderPair.Tuned(vectors[0]) : default, Pieces(text));
        var sought = request.Tenant is { } whose && ownEntities is not null ? await ownEntities.OfAsync(whose, FirstRead) : null;
        var entities = models.Entities.Find(text, EntityContext.Of(request, language.Code, sought));
        var analysis = new Analysis(
            language, intents[0].Intents, intents[0].OutOfScope, entities, sentiment.Value, sentiment.Confidence, IsDegraded: usesVector && vectors[0] is null)
        {
            Requests = Requests.Of(clauses, [.. intents.Skip(1)]),
        };
        if (own is not null && request.Conversation is { } conversation)
            unsure?.Offer(conversation, text, analysis, sought, request.At);
        return analysis;
    }

    private static IntentPredictions Intents(UnderstandingModels models, string text, float[]? vector, bool isEnglish, PreparedIntents? own)
    {
        var pieces = Pieces(text);
        var pack = isEnglish && vector is not null ? models.English.Predict(EncoderPair.Tuned(vector), pieces) : models.Others.Predict(default, pieces);
        return own is null ? pack : IntentMix.Of(own.Model.Predict(vector, pieces), own.Trust, pack);
    }

    private static TextPieces Pieces(string text)
    {
        var pieces = new TextPieces();
        pieces.Read(text);
        return pieces;
    }

    // "ok" could be any language: then the conversation's own counts. A long message in a language beyond the 23 stays unknown.
    private static LanguagePrediction LanguageOf(UnderstandingModels models, string text, string? hint)
    {
        var heard = models.Languages.Detect(text, hint);
        var saysNothing = heard.Code == Languages.Unknown ? text.Length < ShortText : heard.Confidence < SureLanguage;
        return hint is not null && saysNothing ? new(hint, SureLanguage) : heard;
    }

    // Asked for together, they share an inference. When many messages wait, its pieces make do with n-grams; so does what has not come in time.
    private async Task<float[]?[]> VectorsAsync(ModelSet set, string[] texts, bool asPairs, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var asked = texts.Take(batcher.IsBehind ? 1 : texts.Length).Select(text => batcher.EncodeAsync(set, text, asPairs, waiting.Token)).ToArray();
        try { return await Task.WhenAll(asked).WaitAsync(patience, time, cancellationToken); }
        catch (TimeoutException)
        {
            // Or the next messages would wait for inferences that nobody needs, and give up in their turn.
            await waiting.CancelAsync();
            return await Task.WhenAll(asked.Select(one => one.IsCompleted ? one : Task.FromResult<float[]?>(null)));
        }
    }
}
