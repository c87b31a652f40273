namespace CustomerService.Nlu;

/// <summary>Which intents a model sees in a text.</summary>
/// <param name="Intents">Most likely first, at most three.</param>
/// <param name="OutOfScope">How likely it is that no known intent is meant.</param>
internal readonly record struct IntentPredictions(ImmutableArray<IntentPrediction> Intents, double OutOfScope);

/// <summary>Names the intents of a text from its n-grams and, for English, its sentence vector.</summary>
internal sealed class IntentClassifier(LinearModel model)
{
    public const string OutOfScope = "out_of_scope";
    private const int MaxIntents = 3;
    private const float LeastConfidence = 0.02f;
    private readonly int _outOfScope = model.Labels.IndexOf(OutOfScope);

    public LinearModel Model => model;

    public ImmutableArray<string> Labels => model.Labels;

    public IntentPredictions Predict(ReadOnlySpan<float> vector, TextPieces ngrams)
    {
        Span<float> probabilities = stackalloc float[model.Labels.Length];
        model.Predict(vector, ngrams, probabilities);
        var outOfScope = probabilities[_outOfScope];
        probabilities[_outOfScope] = 0;

        var intents = ImmutableArray.CreateBuilder<IntentPrediction>(MaxIntents);
        while (intents.Count < MaxIntents)
        {
            var best = System.Numerics.Tensors.TensorPrimitives.IndexOfMax<float>(probabilities);
            if (probabilities[best] < LeastConfidence)
                break;
            intents.Add(new IntentPrediction(model.Labels[best], probabilities[best]));
            probabilities[best] = 0;
        }

        return new IntentPredictions(intents.ToImmutable(), outOfScope);
    }
}
