namespace CustomerService.Nlu;

/// <summary>The parts that a set of models may have: a folder each, with its weights and its card.</summary>
internal static class ModelParts
{
    public const string Card = "MODEL.md";
    public const string Encoder = "encoder", Intents = "intents", IntentsMany = "intents-many", Sentiment = "sentiment", SentimentMany = "sentiment-many", Language = "language", Entities = "entities";

    /// <summary>The tuned encoder's changes: their hash is the encoder's name.</summary>
    public const string EncoderFile = "encoder/model.safetensors";

    private const string Weights = "model.safetensors";

    public static ImmutableArray<string> All { get; } = [Language, Encoder, Intents, IntentsMany, Sentiment, SentimentMany, Entities];

    /// <summary>These read the encoder's vectors: they fit the encoder that they were trained with, and no other.</summary>
    public static ImmutableArray<string> OnVectors { get; } = [Intents, Sentiment];

    /// <summary>What a part cannot be without, as paths below the set's folder.</summary>
    public static IEnumerable<string> Needed(string part) => Files(part).Append(Card).Select(file => $"{part}/{file}");

    private static IEnumerable<string> Files(string part) => part switch
    {
        Language => ["language.bin"],
        Entities => ["entities.bin"],
        Sentiment => [Weights, "lexicon.tsv"],
        SentimentMany => SentimentClassifier.Trained.Select(language => $"{language}.safetensors").Append(Weights),
        _ => [Weights],
    };
}
