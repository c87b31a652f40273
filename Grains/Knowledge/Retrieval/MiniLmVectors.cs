using CustomerService.Nlu;

namespace CustomerService.Knowledge;

/// <summary>Vectors by the sentence encoder that understanding uses too; it knows English alone.</summary>
internal sealed class MiniLmVectors(SentenceEncoder encoder) : ITextVectors
{
    private const int MaxTokens = 192;

    // Names the arithmetic too: a graph that computes otherwise needs a name of its own, or old and new vectors are mixed.
    public string Model => "all-MiniLM-L6-v2/int8-2/192";

    public int Dimensions => SentenceEncoder.Dimensions;

    public bool Knows(string language) => language == "en";

    public void Encode(ReadOnlySpan<string> texts, Span<float> vectors) => encoder.Encode(texts, vectors, MaxTokens);
}
