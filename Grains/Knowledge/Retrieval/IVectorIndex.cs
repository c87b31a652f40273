using System.Numerics.Tensors;

namespace CustomerService.Knowledge;

/// <summary>Finds the vectors nearest to one.</summary>
internal interface IVectorIndex
{
    /// <summary>The nearest vectors.</summary>
    /// <param name="query">A unit vector.</param>
    /// <param name="count">How many at most.</param>
    /// <returns>Their numbers and cosines, nearest first.</returns>
    IReadOnlyList<(int Id, float Similarity)> Search(ReadOnlySpan<float> query, int count);
}

/// <summary>Compares with every vector; exact, and quicker than anything cleverer up to some ten thousand.</summary>
/// <param name="vectors">One unit vector or null for each number.</param>
internal sealed class ExactVectorIndex(IReadOnlyList<float[]?> vectors) : IVectorIndex
{
    public IReadOnlyList<(int Id, float Similarity)> Search(ReadOnlySpan<float> query, int count)
    {
        var nearest = new PriorityQueue<int, float>(count + 1);
        for (var id = 0; id < vectors.Count; id++)
        {
            if (vectors[id] is not { } vector)
                continue;
            nearest.Enqueue(id, TensorPrimitives.Dot(query, vector));
            if (nearest.Count > count)
                nearest.Dequeue();
        }

        var found = new (int Id, float Similarity)[nearest.Count];
        for (var i = found.Length - 1; nearest.TryDequeue(out var id, out var similarity); i--)
            found[i] = (id, similarity);
        return found;
    }
}
