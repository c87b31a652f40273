using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

/// <summary>Trains away from grains' turns, on a thread of its own, one training at a time in this process.</summary>
internal sealed class IntentTrainings(SentenceEncoder encoder, IOptions<IntentOptions> options) : IDisposable
{
    // Of the whole; measured with 30 intents of 20 examples.
    private const double EncodingShare = 0.35;
    private const int Batch = 128;
    private readonly SemaphoreSlim _slot = new(1);

    public async Task<(OwnIntents Model, IntentQuality Quality)> TrainAsync(
        ImmutableArray<IntentExample> examples, Action<TrainingStage, double> progress, CancellationToken cancellationToken)
    {
        await _slot.WaitAsync(cancellationToken);
        try
        {
            return await Task.Factory.StartNew(() => Train(examples, progress, cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }
        finally
        {
            _slot.Release();
        }
    }

    /// <summary>The vectors of texts, with as many threads as a training.</summary>
    public float[][] Encode(IReadOnlyList<string> texts, CancellationToken cancellationToken) => encoder.EncodeMany(texts, options.Value.TrainingThreads, cancellationToken);

    public void Dispose() => _slot.Dispose();

    private (OwnIntents Model, IntentQuality Quality) Train(ImmutableArray<IntentExample> examples, Action<TrainingStage, double> progress, CancellationToken cancellationToken)
    {
        var encoded = 0;
        progress(TrainingStage.Encoding, 0);
        var trainer = new IntentTrainer(examples, Vectors, options.Value.TrainingThreads, cancellationToken, (fitted, of) =>
            progress(fitted < of - 1 ? TrainingStage.Judging : TrainingStage.Finishing, EncodingShare + ((1 - EncodingShare) * fitted / of)));
        progress(TrainingStage.Judging, EncodingShare);
        return trainer.Train();

        // Texts of like length together, as the encoder wants them; batch by batch, so that its progress shows.
        float[][] Vectors(IReadOnlyList<string> texts)
        {
            var vectors = new float[texts.Count][];
            foreach (var batch in Enumerable.Range(0, texts.Count).OrderBy(at => texts[at].Length).Chunk(Batch))
            {
                var some = Encode([.. batch.Select(at => texts[at])], cancellationToken);
                for (var i = 0; i < batch.Length; i++)
                    vectors[batch[i]] = some[i];
                progress(TrainingStage.Encoding, EncodingShare * Math.Min(1, (encoded += batch.Length) / (double)examples.Length));
            }

            return vectors;
        }
    }
}
