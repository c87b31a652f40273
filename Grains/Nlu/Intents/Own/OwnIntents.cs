using System.Numerics.Tensors;

namespace CustomerService.Nlu;

/// <summary>A tenant's own intents, ready to be asked. Never changes; safe to ask from many threads.</summary>
/// <param name="labels">The intents' names.</param>
/// <param name="pieces">How much pieces of text count.</param>
/// <param name="weights">The margins.</param>
/// <param name="neighbours">The examples' vectors.</param>
/// <param name="confidence">What margins say about being right.</param>
internal sealed class OwnIntents(ImmutableArray<string> labels, PieceWeights pieces, MarginWeights weights, Neighbours neighbours, MarginConfidence confidence)
{
    private const int MaxIntents = 3;
    private const float LeastConfidence = 0.02f;

    public ImmutableArray<string> Labels => labels;

    public static OwnIntents Read(BinaryReader reader)
    {
        var labels = ImmutableArray.CreateBuilder<string>();
        for (var left = reader.ReadInt32(); left > 0; left--)
            labels.Add(reader.ReadString());
        return new(labels.ToImmutable(), PieceWeights.Read(reader), MarginWeights.Read(reader), Neighbours.Read(reader), MarginConfidence.Read(reader));
    }

    public void Write(BinaryWriter writer)
    {
        writer.Write(labels.Length);
        foreach (var label in labels)
            writer.Write(label);
        pieces.Write(writer);
        weights.Write(writer);
        neighbours.Write(writer);
        confidence.Write(writer);
    }

    /// <summary>Names what a text may want.</summary>
    /// <param name="vectors">Its pair of sentence vectors (<see cref="EncoderPair"/>); empty when there is none, then its pieces decide alone.</param>
    /// <param name="text">Its pieces.</param>
    public IntentPredictions Predict(ReadOnlySpan<float> vectors, TextPieces text)
    {
        var (row, margins) = (new SparseRow(), new float[labels.Length]);
        pieces.Read(text, row);
        weights.Margins(EncoderPair.Tuned(vectors), row, margins);
        var best = TensorPrimitives.IndexOfMax<float>(margins);
        var inScope = confidence.InScope(MarginConfidence.Nearness(margins[best], neighbours.Likeness(EncoderPair.Original(vectors), best)));
        confidence.Probabilities(margins);

        var intents = ImmutableArray.CreateBuilder<IntentPrediction>(MaxIntents);
        while (intents.Count < Math.Min(MaxIntents, margins.Length))
        {
            best = TensorPrimitives.IndexOfMax<float>(margins);
            if (margins[best] * inScope < LeastConfidence)
                break;
            intents.Add(new IntentPrediction(labels[best], margins[best] * inScope));
            margins[best] = 0;
        }

        return new IntentPredictions(intents.ToImmutable(), 1 - inScope);
    }
}
