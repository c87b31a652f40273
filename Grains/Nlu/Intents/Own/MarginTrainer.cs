using System.Numerics.Tensors;

namespace CustomerService.Nlu;

/// <summary>The rows that a model is trained on: a pair of sentence vectors and weighted pieces each.</summary>
internal sealed record TrainingRows(float[][] Vectors, SparseRow[] Pieces, int[] Labels, int PieceCount)
{
    public int Count => Labels.Length;
}

/// <summary>
/// Finds for one label the widest margin between its examples and all others: a linear support vector machine with squared hinge loss, solved in
/// its dual one example at a time (Hsieh et al., "A dual coordinate descent method for large-scale linear SVM", ICML 2008, algorithms 1 and 3).
/// </summary>
internal sealed class MarginTrainer
{
    // Loss against margin; 0.25 to 8 were tried on parts of public training sets and are within half a point: with many examples less is better, with few more.
    private const float Cost = 1, Diagonal = 0.5f / Cost, Tolerance = 0.05f;
    private const int MaxRounds = 60;
    private readonly TrainingRows _rows;
    private readonly float[] _lengths, _multipliers, _dense, _pieces;
    private readonly int[] _order;
    private float _bias;

    private MarginTrainer(TrainingRows rows)
    {
        _rows = rows;
        _multipliers = new float[rows.Count];
        (_dense, _pieces) = (new float[SentenceEncoder.Dimensions], new float[rows.PieceCount]);
        _order = [.. Enumerable.Range(0, rows.Count)];
        _lengths = [.. _order.Select(row => TensorPrimitives.SumOfSquares<float>(EncoderPair.Tuned(rows.Vectors[row])) + rows.Pieces[row].SumOfSquares + 1 + Diagonal)];
    }

    /// <summary>Writes the label's weights into its column of <paramref name="weights"/>.</summary>
    public static void Train(TrainingRows rows, int label, MarginWeights weights)
    {
        var trainer = new MarginTrainer(rows);
        trainer.Solve(label);
        weights.Set(label, trainer._dense, trainer._pieces, trainer._bias);
    }

    private void Solve(int label)
    {
        var random = new Random(label);
        var (active, highest) = (_order.Length, float.PositiveInfinity);
        for (var round = 0; round < MaxRounds; round++)
        {
            random.Shuffle(_order.AsSpan(0, active));
            var (most, least) = Round(label, ref active, highest);
            if (most - least > Tolerance)
            {
                highest = most <= 0 ? float.PositiveInfinity : most;
                continue;
            }

            if (active == _order.Length)
                break;

            // Good among those still looked at: look at all once more.
            (active, highest) = (_order.Length, float.PositiveInfinity);
        }
    }

    // Examples far on the right side of the margin are left out of the next rounds: they go behind the active ones.
    private (float Most, float Least) Round(int label, ref int active, float highest)
    {
        var (most, least) = (float.NegativeInfinity, float.PositiveInfinity);
        for (var at = 0; at < active; at++)
        {
            var row = _order[at];
            var sign = _rows.Labels[row] == label ? 1f : -1f;
            var multiplier = _multipliers[row];
            var gradient = (sign * Margin(row)) - 1 + (Diagonal * multiplier);
            if (multiplier == 0 && gradient > highest)
            {
                active--;
                (_order[at], _order[active]) = (_order[active], _order[at]);
                at--;
                continue;
            }

            var step = multiplier == 0 ? Math.Min(gradient, 0) : gradient;
            (most, least) = (Math.Max(most, step), Math.Min(least, step));
            if (Math.Abs(step) > 1e-12f)
                Move(row, sign * ((_multipliers[row] = Math.Max(multiplier - (gradient / _lengths[row]), 0)) - multiplier));
        }

        return active == 0 ? (0, 0) : (most, least);
    }

    private float Margin(int row) => _bias + TensorPrimitives.Dot(_dense, EncoderPair.Tuned(_rows.Vectors[row])) + _rows.Pieces[row].Dot(_pieces);

    private void Move(int row, float by)
    {
        TensorPrimitives.MultiplyAdd(EncoderPair.Tuned(_rows.Vectors[row]), by, _dense, _dense);
        _rows.Pieces[row].AddTo(_pieces, by);
        _bias += by;
    }
}
