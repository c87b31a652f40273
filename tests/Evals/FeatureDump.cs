using CustomerService.Nlu;

namespace CustomerService.Evals;

/// <summary>Writes what the models see of each text, so that training reads the same features that the product computes.</summary>
/// <remarks>
/// Without vectors their numbers are 0, which saves most of the time. Little endian: a count; then for each text a count and that many floats, the sentence vector and the lexicon's numbers, and
/// for its word pieces and for its character pieces each a count and the buckets (16 bits).
/// </remarks>
internal static class FeatureDump
{
    public static int Write(string textsPath, string outputPath, bool withVectors)
    {
        var texts = File.ReadAllLines(textsPath);
        using var encoder = new TunedEncoder(ModelFolder.BesideProgram);
        using var output = new BinaryWriter(File.Create(outputPath));
        var lexicon = ModelFolder.BesideProgram.Lexicon();
        var (pieces, dense) = (new TextPieces(), new float[SentenceEncoder.Dimensions + SentimentLexicon.Size]);
        output.Write(texts.Length);
        foreach (var text in texts)
        {
            if (withVectors)
                encoder.Encode([text], dense.AsSpan(0, SentenceEncoder.Dimensions));
            lexicon.Read(text, dense.AsSpan(SentenceEncoder.Dimensions));
            pieces.Read(text);
            Write(output, dense);
            Write(output, pieces.Words);
            Write(output, pieces.Characters);
        }

        return 0;
    }

    private static void Write(BinaryWriter output, ReadOnlySpan<float> numbers)
    {
        output.Write(numbers.Length);
        foreach (var number in numbers)
            output.Write(number);
    }

    private static void Write(BinaryWriter output, ReadOnlySpan<ushort> buckets)
    {
        output.Write(buckets.Length);
        foreach (var bucket in buckets)
            output.Write(bucket);
    }
}
