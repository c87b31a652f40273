using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

/// <summary>Trains away from grains' turns, on a thread of its own, one training at a time in this process.</summary>
internal sealed class IntentTrainings(Lazy<SentenceEncoder> original, IOptions<IntentOptions> options) : IDisposable
{
    // Of the whole; measured with 30 intents of 20 examples.
    private const double EncodingShare = 0.35;
    private const int Batch = 128, MaxWaiting = 8;
    private readonly SemaphoreSlim _slot = new(1), _reading = new(1);
    private int _waiting;

    /// <summary>True when so many trainings wait that another one had better come later.</summary>
    public bool IsBusy => Volatile.Read(ref _waiting) >= MaxWaiting;

    /// <summary>Trains.</summary>
    /// <param name="set">Whose vectors the model is for; in use until the end.</param>
    /// <param name="examples">What to learn.</param>
    /// <param name="progress">Hears of the stage and of the share that is done.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    public async Task<(OwnIntents Model, IntentQuality Quality)> TrainAsync(
        ModelSet set, ImmutableArray<IntentExample> examples, Action<TrainingStage, double> progress, CancellationToken cancellationToken)
    {
        using var use = set.Use();
        Interlocked.Increment(ref _waiting);
        try { await _slot.WaitAsync(cancellationToken); }
        finally { Interlocked.Decrement(ref _waiting); }
        try { return await ApartAsync(() => Train(set, examples, progress, cancellationToken), cancellationToken); }
        finally { _slot.Release(); }
    }

    /// <summary>What texts mean by a model alone; beside trainings, one set of texts at a time.</summary>
    /// <param name="set">What the model was trained with.</param>
    /// <param name="model">Names them.</param>
    /// <param name="texts">What to name.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<ImmutableArray<ClassifiedText>> ClassifyAsync(ModelSet set, OwnIntents model, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        using var use = set.Use();
        await _reading.WaitAsync(cancellationToken);
        try { return await ApartAsync(() => Classify(set, model, texts, cancellationToken), cancellationToken); }
        finally { _reading.Release(); }
    }

    public void Dispose()
    {
        _slot.Dispose();
        _reading.Dispose();
    }

    private static Task<T> ApartAsync<T>(Func<T> work, CancellationToken cancellationToken) =>
        Task.Factory.StartNew(work, cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private float[][] Encode(ModelSet set, IReadOnlyList<string> texts, CancellationToken cancellationToken) => new EncoderPair(set.Encoder, original.Value).EncodeMany(texts, options.Value.TrainingThreads, cancellationToken);

    private ImmutableArray<ClassifiedText> Classify(ModelSet set, OwnIntents model, IReadOnlyList<string> texts, CancellationToken cancellationToken)
    {
        var (vectors, pieces) = (Encode(set, texts, cancellationToken), new TextPieces());
        return [.. texts.Select((text, at) =>
        {
            pieces.Read(text);
            var (intents, outOfScope) = model.Predict(vectors[at], pieces);
            var best = intents is [var first, ..] ? first : new IntentPrediction(IntentClassifier.OutOfScope, outOfScope);
            return new ClassifiedText(best.Intent, best.Confidence, outOfScope, intents);
        })];
    }

    private (OwnIntents Model, IntentQuality Quality) Train(ModelSet set, ImmutableArray<IntentExample> examples, Action<TrainingStage, double> progress, CancellationToken cancellationToken)
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
                var some = Encode(set, [.. batch.Select(at => texts[at])], cancellationToken);
                for (var i = 0; i < batch.Length; i++)
                    vectors[batch[i]] = some[i];
                progress(TrainingStage.Encoding, EncodingShare * Math.Min(1, (encoded += batch.Length) / (double)examples.Length));
            }

            return vectors;
        }
    }
}
