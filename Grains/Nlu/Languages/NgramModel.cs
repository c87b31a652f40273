using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CustomerService.Nlu;

/// <summary>Tells the languages of one script apart: a linear model over hashed character n-grams of words.</summary>
/// <remarks>Weights are signed bytes, a row of <see cref="Stride"/> per n-gram bucket; <see cref="Scale"/> turns their sums into log-odds.</remarks>
internal sealed class NgramModel(WritingSystem script, string[] classes, int size, NgramModel.Calibration scale, sbyte[] weights)
{
    /// <summary>How a sum of weights becomes log-odds: divided by a power of the number of n-grams, since neighbouring n-grams repeat each other.</summary>
    internal readonly record struct Calibration(float Factor, float Power);

    public WritingSystem Script { get; } = script;

    /// <summary>Language codes; a code that is not one of the 23 stands for a language that must be told apart and is answered as unknown.</summary>
    public string[] Classes { get; } = classes;

    /// <summary>How many buckets the n-grams share.</summary>
    public int Buckets { get; } = size;

    public Calibration Scale { get; } = scale;

    public sbyte[] Weights { get; } = weights;

    /// <summary>Weights per bucket: the classes, filled up to a multiple of eight.</summary>
    public int Stride { get; } = StrideOf(classes.Length);

    /// <summary>The name of the class of gibberish.</summary>
    public const string Noise = "zxx";

    private readonly bool[] _known = [.. classes.Select(code => Languages.All.Contains(code))];

    public static int StrideOf(int classes) => (classes + 7) / 8 * 8;

    /// <summary>Adds the weights of a word's n-grams to <paramref name="sums"/> (<see cref="Stride"/> long).</summary>
    /// <returns>How many n-grams the word has.</returns>
    public int Add(ReadOnlySpan<char> word, Span<int> sums)
    {
        Span<int> buckets = stackalloc int[Ngrams.MaxPerWord];
        var count = Ngrams.Of(word, Buckets, buckets);
        ref var table = ref MemoryMarshal.GetArrayDataReference(Weights);
        for (var lane = 0; lane < Stride; lane += 8)
        {
            // 170 n-grams of at most ±127 stay within a short.
            var sum = Vector128<short>.Zero;
            foreach (var bucket in buckets[..count])
                sum += Vector128.WidenLower(Vector64.LoadUnsafe(ref table, (nuint)(bucket * Stride + lane)).ToVector128Unsafe());
            for (var i = 0; i < 8; i++)
                sums[lane + i] += sum[i];
        }

        return count;
    }

    /// <summary>Turns the sums of a whole text into probabilities.</summary>
    public void Probabilities(ReadOnlySpan<int> sums, int ngrams, Span<float> probabilities)
    {
        var factor = Scale.Factor / MathF.Pow(Math.Max(ngrams, 1), Scale.Power);
        var highest = int.MinValue;
        for (var i = 0; i < probabilities.Length; i++)
            highest = Math.Max(highest, sums[i]);
        var total = 0f;
        for (var i = 0; i < probabilities.Length; i++)
            total += probabilities[i] = MathF.Exp((sums[i] - highest) * factor);
        foreach (ref var probability in probabilities)
            probability /= total;
    }

    /// <summary>True when a class is one of the 23 languages.</summary>
    public bool IsKnown(int index) => _known[index];

    /// <summary>True for the class of texts in no language at all.</summary>
    public bool IsNoise(int index) => Classes[index] == Noise;
}
