using System.Numerics.Tensors;
using System.Runtime.Intrinsics;
using CustomerService.Nlu;

namespace CustomerService.Training;

/// <summary>A text as the n-gram buckets of its words, each word's apart.</summary>
internal sealed record Sample(int Class, int[][] Words);

/// <summary>Multinomial logistic regression over n-gram buckets by AdaGrad, on windows of one to many words.</summary>
internal sealed class LinearTrainer(int classes, int buckets, int seed)
{
    private readonly int _stride = NgramModel.StrideOf(classes);
    private readonly float[] _weights = new float[buckets * NgramModel.StrideOf(classes)];
    private readonly float[] _squares = new float[buckets * NgramModel.StrideOf(classes)];
    private readonly Random _random = new(seed);

    /// <summary>The weights at the ends of the passes that <see cref="Remember"/> was called after, averaged.</summary>
    public float[] Mean { get; } = new float[buckets * NgramModel.StrideOf(classes)];

    public void Remember(float share) => TensorPrimitives.MultiplyAdd(_weights, share, Mean, Mean);

    /// <summary>One pass; of classes with more than <paramref name="wordsPerClass"/> words, another part every time, so that no language is favoured.</summary>
    public void Epoch(Sample[] samples, Func<int, int> wordsPerClass, float rate, float decay)
    {
        _random.Shuffle(samples);
        var words = new int[classes];
        foreach (var sample in samples)
        {
            if ((words[sample.Class] += sample.Words.Length) <= wordsPerClass(sample.Class))
                Step(sample, rate, decay);
        }
    }

    private void Step(Sample sample, float rate, float decay)
    {
        for (var from = 0; from < sample.Words.Length;)
        {
            var words = Math.Min(WindowLength(), sample.Words.Length - from);
            Step(sample.Class, sample.Words.AsSpan(from, words), rate, decay);
            from += words;
        }
    }

    // Contacts write single words as well as sentences: the model sees both.
    private int WindowLength() => _random.Next(10) switch { < 6 => 1, < 9 => 2, _ => _random.Next(3, 9) };

    private void Step(int target, ReadOnlySpan<int[]> words, float rate, float decay)
    {
        Span<float> odds = stackalloc float[_stride];
        odds.Clear();
        foreach (var word in words)
        {
            foreach (var bucket in word)
                TensorPrimitives.Add(odds, _weights.AsSpan(bucket * _stride, _stride), odds);
        }

        Softmax(odds[..classes]);
        odds[target] -= 1;
        foreach (var word in words)
        {
            foreach (var bucket in word)
                Update(bucket * _stride, odds, rate, decay);
        }
    }

    private void Update(int row, ReadOnlySpan<float> gradient, float rate, float decay)
    {
        for (var c = row; c < row + _stride; c += Vector256<float>.Count)
        {
            var weight = Vector256.LoadUnsafe(ref _weights[c]);
            var g = Vector256.Create(gradient.Slice(c - row, Vector256<float>.Count)) + weight * decay;
            var square = Vector256.LoadUnsafe(ref _squares[c]) + g * g;
            square.StoreUnsafe(ref _squares[c]);
            (weight - g * rate / Vector256.Sqrt(square + Vector256.Create(1e-2f))).StoreUnsafe(ref _weights[c]);
        }
    }

    private static void Softmax(Span<float> odds)
    {
        var (highest, total) = (float.MinValue, 0f);
        foreach (var odd in odds)
            highest = Math.Max(highest, odd);
        foreach (ref var odd in odds)
            total += odd = MathF.Exp(odd - highest);
        foreach (ref var odd in odds)
            odd /= total;
    }
}
