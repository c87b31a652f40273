using System.Buffers;
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;

namespace CustomerService.Nlu;

/// <summary>Turns English text into a unit vector of 384 numbers whose inner products say how alike two texts are in meaning.</summary>
/// <remarks>
/// Safe to call from many threads; each call computes on its caller's thread alone, because a second thread inside one
/// inference waits badly when the machine is busy.
/// </remarks>
internal class SentenceEncoder : IDisposable
{
    public const int Dimensions = MiniLmGraph.Dimensions;
    private static readonly string[] _inputs = [MiniLmGraph.TokenIds, MiniLmGraph.Mask, MiniLmGraph.Positions];
    private static readonly string[] _outputs = [MiniLmGraph.Embedding];
    private static readonly int[] _positions = [.. Enumerable.Range(0, MiniLmGraph.MaxTokens)];
    private readonly InferenceSession _session;
    private readonly RunOptions _run = new();
    private readonly WordPiece _tokenizer;
    private volatile bool _isDisposed;

    public SentenceEncoder(ModelFolder models)
        : this(models.Tokenizer(), models.Encoder())
    {
    }

    protected SentenceEncoder(WordPiece tokenizer, EncoderWeights weights)
    {
        _tokenizer = tokenizer;
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            ExecutionMode = ExecutionMode.ORT_SEQUENTIAL,
            GraphOptimizationLevel = GraphOptimizationLevel.ORT_ENABLE_ALL,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        _session = new InferenceSession(new MiniLmGraph(weights).Build(), options);
    }

    /// <summary>Writes one vector per text, one after the other.</summary>
    /// <param name="texts">What to encode; texts of like length together waste least.</param>
    /// <param name="vectors">Room for <see cref="Dimensions"/> numbers a text.</param>
    /// <param name="maxTokens">Where a text is cut, 8 to 512; time grows with it.</param>
    public void Encode(ReadOnlySpan<string> texts, Span<float> vectors, int maxTokens = 128)
    {
        ObjectDisposedException.ThrowIf(_isDisposed, this);
        if (texts.IsEmpty)
            return;

        var tokens = ArrayPool<int>.Shared.Rent(texts.Length * maxTokens);
        var lengths = ArrayPool<int>.Shared.Rent(texts.Length);
        var longest = 0;
        for (var i = 0; i < texts.Length; i++)
        {
            lengths[i] = _tokenizer.Encode(texts[i], tokens.AsSpan(i * maxTokens, maxTokens));
            longest = Math.Max(longest, lengths[i]);
        }

        var ids = new int[texts.Length * longest];
        var mask = new float[ids.Length];
        for (var i = 0; i < texts.Length; i++)
        {
            tokens.AsSpan(i * maxTokens, lengths[i]).CopyTo(ids.AsSpan(i * longest));
            mask.AsSpan(i * longest, lengths[i]).Fill(1);
        }

        ArrayPool<int>.Shared.Return(tokens);
        ArrayPool<int>.Shared.Return(lengths);
        Run(ids, mask, longest, vectors);
    }

    public float[] Encode(string text)
    {
        var vector = new float[Dimensions];
        Encode([text], vector);
        return vector;
    }

    /// <summary>The vectors of many texts: those of like length together, side by side on as many cores as asked.</summary>
    public float[][] EncodeMany(IReadOnlyList<string> texts, int threads, CancellationToken cancellationToken)
    {
        const int batch = 16;
        var vectors = new float[texts.Count][];
        var byLength = Enumerable.Range(0, texts.Count).OrderBy(at => texts[at].Length).Chunk(batch);
        Parallel.ForEach(byLength, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken }, chunk =>
        {
            var numbers = new float[chunk.Length * Dimensions];
            Encode([.. chunk.Select(at => texts[at])], numbers);
            for (var i = 0; i < chunk.Length; i++)
                vectors[chunk[i]] = numbers[(i * Dimensions)..((i + 1) * Dimensions)];
        });
        return vectors;
    }

    public void Dispose()
    {
        _isDisposed = true;
        _run.Dispose();
        _session.Dispose();
    }

    private void Run(int[] ids, float[] mask, int width, Span<float> vectors)
    {
        var batch = ids.Length / width;
        var result = new float[batch * Dimensions];
        using var idsValue = OrtValue.CreateTensorValueFromMemory(ids, [batch, width]);
        using var maskValue = OrtValue.CreateTensorValueFromMemory(mask, [batch, width]);
        using var positionsValue = OrtValue.CreateTensorValueFromMemory<int>(OrtMemoryInfo.DefaultInstance, _positions.AsMemory(0, width), [width]);
        using var resultValue = OrtValue.CreateTensorValueFromMemory(result, [batch, Dimensions]);
        _session.Run(_run, _inputs, [idsValue, maskValue, positionsValue], _outputs, [resultValue]);
        result.CopyTo(vectors);
    }
}

/// <summary>The encoder after a training that pulled texts of one intent and one mood together: for understanding, where likeness in what is wanted counts.</summary>
/// <remarks>The knowledge base keeps the original, which knows more of the world's subjects.</remarks>
internal sealed class TunedEncoder(ModelFolder models) : SentenceEncoder(models.Tokenizer(), models.TunedEncoder())
{
    /// <summary>Whoever was trained on its vectors remembers this.</summary>
    public string Hash { get; } = models.TunedEncoderHash();
}
