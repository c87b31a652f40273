using CustomerService.Nlu;

namespace CustomerService.Evals;

/// <summary>The product's models, read once, asked as the product asks them.</summary>
internal static class EvalModels
{
    public static TunedEncoder Encoder { get; } = new(ModelFolder.BesideProgram);

    public static SentenceEncoder Original { get; } = new(ModelFolder.BesideProgram);

    public static EncoderPair Encoders { get; } = new(Encoder, Original);

    public static UnderstandingModels Understanding { get; } = ModelFolder.BesideProgram.Understanding();

    public static IntentPredictions Intents(string text, string language = "en") =>
        language == "en" ? Understanding.English.Predict(Encoder.Encode(text), Pieces(text)) : Understanding.Others.Predict(default, Pieces(text));

    public static SentimentPrediction Sentiment(string text, string language = "en") =>
        Understanding.Sentiment.Predict(text, language, language == "en" ? Encoder.Encode(text) : default, Pieces(text));

    private static TextPieces Pieces(string text)
    {
        var pieces = new TextPieces();
        pieces.Read(text);
        return pieces;
    }
}
