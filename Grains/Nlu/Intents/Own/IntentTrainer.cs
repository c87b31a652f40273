using System.Numerics.Tensors;

namespace CustomerService.Nlu;

/// <summary>Trains a tenant's own intents from examples and says, by cross-validation, how good they are.</summary>
/// <remarks>The same examples in the same order make the same model.</remarks>
internal sealed class IntentTrainer
{
    // Five trainings for the quality, and one for texts of intents that were left out: those stand for what is out of scope.
    private const int Folds = 5;
    private readonly IntentExample[] _examples;
    private readonly float[][] _vectors, _names;
    private readonly ImmutableArray<string> _labels;
    private readonly int[] _truth;
    private readonly ParallelOptions _parallel;
    private readonly Action<int, int> _fitted;
    private int _fits;

    /// <param name="examples">What to learn.</param>
    /// <param name="encode">Makes texts' pairs of sentence vectors (<see cref="EncoderPair"/>).</param>
    /// <param name="threads">How many labels are trained side by side.</param>
    /// <param name="cancellationToken">Ends the training.</param>
    /// <param name="fitted">Hears after each model how many are fitted, and how many will be; the last is the one that is kept.</param>
    public IntentTrainer(
        IReadOnlyList<IntentExample> examples, Func<IReadOnlyList<string>, float[][]> encode, int threads, CancellationToken cancellationToken, Action<int, int>? fitted = null)
    {
        _fitted = fitted ?? ((_, _) => { });
        _examples = [.. examples];
        _labels = [.. examples.Select(example => example.Intent).Distinct().Order(StringComparer.Ordinal)];
        _truth = [.. examples.Select(example => _labels.BinarySearch(example.Intent, StringComparer.Ordinal))];
        _vectors = encode([.. examples.Select(example => example.Text)]);
        _names = encode([.. _labels.Select(NameAsText)]);
        _parallel = new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellationToken };
    }

    /// <summary>The model, trained on all examples, and what is to be expected of it.</summary>
    public (OwnIntents Model, IntentQuality Quality) Train()
    {
        var folds = Assign(_truth, Folds);
        var judged = Enumerable.Range(0, Folds).SelectMany(fold => Judge(row => folds[row] != fold, row => folds[row] == fold)).OrderBy(one => one.Row).ToList();
        var scale = MarginConfidence.FitScale([.. judged.Select(one => (one.Margins, _truth[one.Row]))]);
        var confidence = MarginConfidence.Fit(scale, [.. Scopes(folds)]);
        var all = Fit(_ => true);
        var model = new OwnIntents(_labels, all.Pieces, all.Weights, all.Neighbours, confidence);
        return (model, JudgedExamples.Quality(_labels, [.. judged.Select(one => Answer(one, confidence))]));
    }

    private JudgedExample Answer(Judged one, MarginConfidence confidence)
    {
        var (probabilities, best) = ((float[])one.Margins.Clone(), TensorPrimitives.IndexOfMax<float>(one.Margins));
        confidence.Probabilities(probabilities);
        return new JudgedExample(_examples[one.Row].Text, _truth[one.Row], best, probabilities[best]);
    }

    // Leaves a fifth of the intents out, five times, each with one fold: what is said of their texts is what is said of texts out of scope.
    private IEnumerable<(float Nearness, bool InScope)> Scopes(int[] folds)
    {
        var groups = Assign([.. _labels.Select(_ => 0)], Folds);
        for (var fold = 0; fold < Math.Min(Folds, _labels.Length - 1); fold++)
        {
            var left = fold;
            foreach (var one in Judge(row => folds[row] != left && groups[_truth[row]] != left, row => folds[row] == left))
            {
                var best = TensorPrimitives.IndexOfMax<float>(one.Margins);
                yield return (MarginConfidence.Nearness(one.Margins[best], one.Likeness), groups[_truth[one.Row]] != left);
            }
        }
    }

    private List<Judged> Judge(Func<int, bool> isTrained, Func<int, bool> isJudged)
    {
        var fitted = Fit(isTrained);
        var (text, row, judged) = (new TextPieces(), new SparseRow(), new List<Judged>());
        foreach (var at in Enumerable.Range(0, _examples.Length).Where(isJudged))
        {
            text.Read(_examples[at].Text);
            fitted.Pieces.Read(text, row);
            var margins = new float[_labels.Length];
            fitted.Weights.Margins(EncoderPair.Tuned(_vectors[at]), row, margins);
            judged.Add(new Judged(at, margins, fitted.Neighbours.Likeness(EncoderPair.Original(_vectors[at]), TensorPrimitives.IndexOfMax<float>(margins))));
        }

        return judged;
    }

    // An intent's name is one more example of it, as soon as there is another.
    private Fitted Fit(Func<int, bool> isTrained)
    {
        int[] chosen = [.. Enumerable.Range(0, _examples.Length).Where(isTrained)];
        int[] named = [.. chosen.Select(row => _truth[row]).Distinct()];
        string[] texts = [.. chosen.Select(row => _examples[row].Text), .. named.Select(label => NameAsText(_labels[label]))];
        var (pieces, text) = (PieceWeights.Of(texts, named.Length), new TextPieces());
        var rows = new TrainingRows(
            [.. chosen.Select(row => _vectors[row]), .. named.Select(label => _names[label])],
            [.. texts.Select(one =>
            {
                var row = new SparseRow();
                text.Read(one);
                pieces.Read(text, row);
                return row;
            })],
            [.. chosen.Select(row => _truth[row]), .. named], pieces.Count);
        var weights = new MarginWeights(_labels.Length, pieces.Count);
        Parallel.For(0, _labels.Length, _parallel, label => MarginTrainer.Train(rows, label, weights));
        _fitted(++_fits, Folds + Math.Min(Folds, _labels.Length - 1) + 1);
        return new Fitted(pieces, weights, Neighbours.Of(rows.Vectors, rows.Labels));
    }

    private static string NameAsText(string intent) => intent.Replace('_', ' ').Replace('-', ' ');

    // Every label's rows go round the parts, in an order that depends on nothing but their number.
    private static int[] Assign(int[] labels, int parts)
    {
        var assigned = new int[labels.Length];
        foreach (var group in Enumerable.Range(0, labels.Length).GroupBy(row => labels[row]))
        {
            int[] rows = [.. group];
            new Random(7).Shuffle(rows);
            for (var i = 0; i < rows.Length; i++)
                assigned[rows[i]] = i % parts;
        }

        return assigned;
    }

    private sealed record Fitted(PieceWeights Pieces, MarginWeights Weights, Neighbours Neighbours);

    private readonly record struct Judged(int Row, float[] Margins, float Likeness);
}
