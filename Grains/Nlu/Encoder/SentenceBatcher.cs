using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

/// <summary>Lets texts that come at the same time share an inference.</summary>
/// <remarks>Nothing waits for company: a batch is what has arrived while the inference before it ran.</remarks>
internal sealed partial class SentenceBatcher(CurrentModels models, Lazy<SentenceEncoder> original, IOptions<NluOptions> options, ILogger<SentenceBatcher> logger) : BackgroundService
{
    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(options.Value.QueueCapacity);
    private long _encoded;

    /// <summary>More texts wait than the next inference takes.</summary>
    public bool IsBehind => _queue.Reader.Count >= options.Value.MaxBatch;

    /// <summary>How many texts went through an inference so far.</summary>
    public long Encoded => Interlocked.Read(ref _encoded);

    /// <summary>The text's vector.</summary>
    /// <param name="set">Whose encoder; the caller uses it.</param>
    /// <param name="text">What to encode.</param>
    /// <param name="asPair">Also by the original encoder: the result is what <see cref="EncoderPair"/> makes.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Null at once when the queue is full; null when the inference failed, which is logged.</returns>
    public Task<float[]?> EncodeAsync(ModelSet set, string text, bool asPair, CancellationToken cancellationToken)
    {
        // Who asked may have stopped waiting when its turn comes: until then the set is in use.
        var waiting = new Waiting(set.Use(), text, asPair, cancellationToken);
        if (!_queue.Writer.TryWrite(waiting))
            waiting.End(null);
        return waiting.Task;
    }

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        using var use = models.Take();

        // On another core: reading all this is most of a start.
        var others = Task.Run(() => use.Set.Models, cancellationToken);
        use.Set.Encoder.Encode("The first inference allocates what the later ones use again.");
        await others;
        await base.StartAsync(cancellationToken);
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(Enumerable.Range(0, options.Value.Parallelism).Select(_ => Task.Run(() => WorkAsync(stoppingToken), stoppingToken)));

    private async Task WorkAsync(CancellationToken stop)
    {
        var batch = new List<Waiting>(options.Value.MaxBatch);
        while (await _queue.Reader.WaitToReadAsync(stop))
        {
            batch.Clear();
            while (batch.Count < options.Value.MaxBatch && _queue.Reader.TryRead(out var waiting))
            {
                if (waiting.IsCancelled)
                    waiting.End(null);
                else
                    batch.Add(waiting);
            }

            batch.Sort((one, other) => one.Text.Length.CompareTo(other.Text.Length));
            for (var start = 0; start < batch.Count;)
                start += Encode(CollectionsMarshal.AsSpan(batch)[start..]);
        }
    }

    // Texts are filled up to the longest of their batch, so only texts of like length go together; and, while a set takes over from another, of one encoder.
    private int Encode(ReadOnlySpan<Waiting> sorted)
    {
        var limit = (sorted[0].Text.Length * 3 / 2) + 20;
        var count = 1;
        while (count < sorted.Length && sorted[count].Text.Length <= limit && sorted[count].Encoder == sorted[0].Encoder)
            count++;

        var together = sorted[..count].ToArray();
        Interlocked.Add(ref _encoded, count);
        var vectors = TryEncode(together[0].Encoder, together);
        Waiting[] pairs = [.. together.Where(waiting => waiting.IsPair)];
        var originals = new Queue<float[]?>(pairs.Length == 0 ? [] : TryEncode(original.Value, pairs));
        foreach (var (waiting, vector) in together.Zip(vectors))
        {
            var other = waiting.IsPair ? originals.Dequeue() : [];
            waiting.End(vector is null || other is null ? null : [.. vector, .. other]);
        }

        return count;
    }

    // Nulls when the inference failed.
    private float[]?[] TryEncode(SentenceEncoder encoder, Waiting[] batch)
    {
        try
        {
            var numbers = new float[batch.Length * SentenceEncoder.Dimensions];
            encoder.Encode([.. batch.Select(waiting => waiting.Text)], numbers, options.Value.MaxTokens);
            return [.. numbers.Chunk(SentenceEncoder.Dimensions)];
        }
        catch (Microsoft.ML.OnnxRuntime.OnnxRuntimeException failure)
        {
            LogFailed(failure, batch.Length);
            return new float[]?[batch.Length];
        }
    }

    [LoggerMessage(LogLevel.Error, "The sentence encoder failed for {Count} texts; n-grams decide alone")]
    private partial void LogFailed(Exception failure, int count);

    private sealed class Waiting(ModelUse use, string text, bool isPair, CancellationToken cancellation) : TaskCompletionSource<float[]?>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public TunedEncoder Encoder { get; } = use.Set.Encoder;

        public string Text => text;

        public bool IsPair => isPair;

        public bool IsCancelled => cancellation.IsCancellationRequested;

        public void End(float[]? vector)
        {
            use.Dispose();
            TrySetResult(vector);
        }
    }
}
