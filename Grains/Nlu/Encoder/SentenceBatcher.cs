using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

/// <summary>Lets texts that come at the same time share an inference.</summary>
/// <remarks>Nothing waits for company: a batch is what has arrived while the inference before it ran.</remarks>
internal sealed partial class SentenceBatcher(TunedEncoder tuned, Lazy<SentenceEncoder> original, IOptions<NluOptions> options, ILogger<SentenceBatcher> logger) : BackgroundService
{
    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(options.Value.QueueCapacity);

    /// <summary>More texts wait than the next inference takes.</summary>
    public bool IsBehind => _queue.Reader.Count >= options.Value.MaxBatch;

    /// <summary>The text's vector.</summary>
    /// <param name="text">What to encode.</param>
    /// <param name="asPair">Also by the original encoder: the result is what <see cref="EncoderPair"/> makes.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>Null at once when the queue is full; null when the inference failed, which is logged.</returns>
    public Task<float[]?> EncodeAsync(string text, bool asPair, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(text, asPair, cancellationToken);
        return _queue.Writer.TryWrite(waiting) ? waiting.Task : Task.FromResult<float[]?>(null);
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        tuned.Encode("The first inference allocates what the later ones use again.");
        return base.StartAsync(cancellationToken);
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
                if (!waiting.IsCancelled)
                    batch.Add(waiting);
            batch.Sort((one, other) => one.Text.Length.CompareTo(other.Text.Length));
            for (var start = 0; start < batch.Count;)
                start += Encode(CollectionsMarshal.AsSpan(batch)[start..]);
        }
    }

    // Texts are filled up to the longest of their batch, so only texts of like length go together.
    private int Encode(ReadOnlySpan<Waiting> sorted)
    {
        var limit = (sorted[0].Text.Length * 3 / 2) + 20;
        var count = 1;
        while (count < sorted.Length && sorted[count].Text.Length <= limit)
            count++;

        var together = sorted[..count].ToArray();
        var vectors = TryEncode(tuned, together);
        Waiting[] pairs = [.. together.Where(waiting => waiting.IsPair)];
        var originals = new Queue<float[]?>(pairs.Length == 0 ? [] : TryEncode(original.Value, pairs));
        foreach (var (waiting, vector) in together.Zip(vectors))
        {
            var other = waiting.IsPair ? originals.Dequeue() : [];
            waiting.TrySetResult(vector is null || other is null ? null : [.. vector, .. other]);
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

    private sealed class Waiting(string text, bool isPair, CancellationToken cancellation) : TaskCompletionSource<float[]?>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public string Text => text;

        public bool IsPair => isPair;

        public bool IsCancelled => cancellation.IsCancellationRequested;
    }
}
