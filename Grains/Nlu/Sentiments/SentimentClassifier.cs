using System.Collections.Frozen;

namespace CustomerService.Nlu;

/// <summary>The mood of a text.</summary>
/// <param name="Value">−1 (furious) to 1 (delighted).</param>
/// <param name="Confidence">How far the value can be relied on, 0 to 1.</param>
/// <param name="Neutral">How likely it is that there is no mood in it, 0 to 1.</param>
internal readonly record struct SentimentPrediction(double Value, double Confidence, double Neutral);

/// <summary>Reads the mood of a text: English from vector, lexicon and n-grams; eight languages from n-grams and pictures; the others by a guess that says so.</summary>
/// <param name="english">Over the sentence vector and the lexicon's numbers.</param>
/// <param name="languages">By language, over the lexicon's numbers, of which emoji and punctuation speak in every language.</param>
/// <param name="others">The same for a language without texts to learn from.</param>
/// <param name="lexicon">Valences of words, emoticons and emoji.</param>
internal sealed class SentimentClassifier(LinearModel english, FrozenDictionary<string, LinearModel> languages, LinearModel others, SentimentLexicon lexicon)
{
    private const double GuessConfidence = 0.3;

    // The Hindi tweets that there are mix two languages and scripts: what is learnt from them says next to nothing.
    private const string NoBetterThanChance = "hi";

    // Praise that is not meant: rather low than high, and below what counts as reliable.
    private const double IronicValue = -0.3, IronicConfidence = 0.45;

    /// <summary>The languages with a model of their own.</summary>
    public static ImmutableArray<string> Trained { get; } = ["ar", "de", "en", "es", "fr", "hi", "it", "pt"];

    /// <summary>Negative, neutral and positive, in the order in which the models must name them.</summary>
    public static ImmutableArray<string> Labels { get; } = ["negative", "neutral", "positive"];

    public LinearModel English => english;

    /// <summary>Those that read no sentence vector.</summary>
    public IEnumerable<LinearModel> Others => [.. languages.Values, others];

    public SentimentPrediction Predict(string text, string language, ReadOnlySpan<float> vector, TextPieces pieces)
    {
        Span<float> dense = stackalloc float[vector.Length + SentimentLexicon.Size], probabilities = stackalloc float[3];
        vector.CopyTo(dense);
        lexicon.Read(text, dense[vector.Length..]);
        (vector.IsEmpty ? languages.GetValueOrDefault(language, others) : english).Predict(dense, pieces, probabilities);
        var value = probabilities[2] - probabilities[0];
        if (language == "en" && Irony.IsLikely(text))
            return new(Math.Min(value, IronicValue), IronicConfidence, probabilities[1]);
        if (language == NoBetterThanChance)
            return new(value, GuessConfidence, probabilities[1]);
        if (languages.ContainsKey(language))
            return new(value, 0.5 + (0.5 * Math.Max(Math.Abs(value), probabilities[1])), probabilities[1]);

        // A language without texts to learn from: borrowed words and emoji are all there is, so stay near neutral.
        return new(value * GuessConfidence, GuessConfidence * Math.Abs(value), probabilities[1]);
    }
}
