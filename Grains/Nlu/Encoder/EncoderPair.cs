namespace CustomerService.Nlu;

/// <summary>
/// Both encoders, for tenants' own intents. The tuned one says best which of the intents is meant, but draws near them what none of them means;
/// the original says best whether a text is like any of their examples.
/// </summary>
/// <remarks>A text's two vectors are kept in one array.</remarks>
internal sealed class EncoderPair(TunedEncoder tuned, SentenceEncoder original)
{
    public const int Dimensions = 2 * SentenceEncoder.Dimensions;

    /// <summary>The tuned encoder's part; empty for a text without vectors.</summary>
    public static ReadOnlySpan<float> Tuned(ReadOnlySpan<float> pair) => pair.IsEmpty ? pair : pair[..SentenceEncoder.Dimensions];

    /// <summary>The original encoder's part; empty for a text without vectors.</summary>
    public static ReadOnlySpan<float> Original(ReadOnlySpan<float> pair) => pair.IsEmpty ? pair : pair[SentenceEncoder.Dimensions..];

    public float[] Encode(string text) => [.. tuned.Encode(text), .. original.Encode(text)];

    /// <summary>The pairs of many texts, as <see cref="SentenceEncoder.EncodeMany"/> makes vectors.</summary>
    public float[][] EncodeMany(IReadOnlyList<string> texts, int threads, CancellationToken cancellationToken) =>
        [.. tuned.EncodeMany(texts, threads, cancellationToken).Zip(original.EncodeMany(texts, threads, cancellationToken), (one, other) => (float[])[.. one, .. other])];
}
