using CustomerService.Nlu;

namespace CustomerService.Evals;

/// <summary>Writes what the models see of each text, so that training reads the same features that the product computes.</summary>
/// <remarks>
/// Little endian: a count; then for each text 384 floats of the sentence vector, the lexicon's numbers as floats, the count and
/// the buckets (16 bits) of its word pieces, and the same of its character pieces.
/// </remarks>
internal static class FeatureDump
{
    public static int Write(string textsPath, string outputPath)
    {
        var texts = File.ReadAllLines(textsPath);
        using var encoder = new SentenceEncoder(ModelFolder.BesideProgram);
        using var output = new BinaryWriter(File.Create(outputPath));
        var (grams, vector) = (new TextPieces(), new float[SentenceEncoder.Dimensions]);
        output.Write(texts.Length);
        foreach (var text in texts)
        {
            encoder.Encode([text], vector);
            grams.Read(text);
            output.Write(vector.Length);
            Write(output, vector);
            Write(output, grams.Words);
            Write(output, grams.Characters);
        }

        return 0;
    }

    private static void Write(BinaryWriter output, ReadOnlySpan<float> numbers)
    {
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
