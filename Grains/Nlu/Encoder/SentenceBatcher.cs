using System.Runtime.InteropServices;
using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

/// <summary>Lets texts that come at the same time share an inference.</summary>
/// <remarks>Nothing waits for company: a batch is what has arrived while the inference before it ran.</remarks>
internal sealed partial class SentenceBatcher(SentenceEncoder encoder, IOptions<NluOptions> options, ILogger<SentenceBatcher> logger) : BackgroundService
{
    private readonly Channel<Waiting> _queue = Channel.CreateBounded<Waiting>(options.Value.QueueCapacity);

    /// <summary>The text's vector.</summary>
    /// <returns>Null at once when the queue is full; null when the inference failed, which is logged.</returns>
    public Task<float[]?> EncodeAsync(string text, CancellationToken cancellationToken)
    {
        var waiting = new Waiting(text, cancellationToken);
        return _queue.Writer.TryWrite(waiting) ? waiting.Task : Task.FromResult<float[]?>(null);
    }

    public override Task StartAsync(CancellationToken cancellationToken)
    {
        encoder.Encode("The first inference allocates what the later ones use again.");
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

        var (texts, vectors) = (new string[count], new float[count * SentenceEncoder.Dimensions]);
        for (var i = 0; i < count; i++)
            texts[i] = sorted[i].Text;
        var failed = !TryEncode(texts, vectors);
        for (var i = 0; i < count; i++)
            sorted[i].TrySetResult(failed ? null : vectors.AsSpan(i * SentenceEncoder.Dimensions, SentenceEncoder.Dimensions).ToArray());
        return count;
    }

    private bool TryEncode(string[] texts, float[] vectors)
    {
        try
        {
            encoder.Encode(texts, vectors, options.Value.MaxTokens);
            return true;
        }
        catch (Microsoft.ML.OnnxRuntime.OnnxRuntimeException failure)
        {
            LogFailed(failure, texts.Length);
            return false;
        }
    }

    [LoggerMessage(LogLevel.Error, "The sentence encoder failed for {Count} texts; n-grams decide alone")]
    private partial void LogFailed(Exception failure, int count);

    private sealed class Waiting(string text, CancellationToken cancellation) : TaskCompletionSource<float[]?>(TaskCreationOptions.RunContinuationsAsynchronously)
    {
        public string Text => text;

        public bool IsCancelled => cancellation.IsCancellationRequested;
    }
}
