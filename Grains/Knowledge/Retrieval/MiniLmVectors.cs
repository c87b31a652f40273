using CustomerService.Nlu;

namespace CustomerService.Knowledge;

/// <summary>Vectors by the sentence encoder that understanding uses too; it knows English alone.</summary>
internal sealed class MiniLmVectors(SentenceEncoder encoder) : ITextVectors
{
    private const int MaxTokens = 192;

    public string Model => "all-MiniLM-L6-v2/int8/192";

    public int Dimensions => SentenceEncoder.Dimensions;

    public bool Knows(string language) => language == "en";

    public void Encode(ReadOnlySpan<string> texts, Span<float> vectors) => encoder.Encode(texts, vectors, MaxTokens);
}
