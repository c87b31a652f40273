using System.Runtime.InteropServices;

namespace CustomerService.Nlu;

/// <summary>The numbers of a long vector that are not 0.</summary>
internal sealed class SparseRow
{
    private readonly List<(int Column, float Value)> _entries = [];

    public int Count => _entries.Count;

    public ReadOnlySpan<(int Column, float Value)> Entries => CollectionsMarshal.AsSpan(_entries);

    public float SumOfSquares
    {
        get
        {
            var sum = 0f;
            foreach (var (_, value) in Entries)
                sum += value * value;
            return sum;
        }
    }

    public void Clear() => _entries.Clear();

    public void Add(int column, float value) => _entries.Add((column, value));

    /// <summary>Multiplies all numbers from the given one on.</summary>
    public void Scale(int start, float factor)
    {
        foreach (ref var entry in CollectionsMarshal.AsSpan(_entries)[start..])
            entry.Value *= factor;
    }

    public float Dot(ReadOnlySpan<float> vector)
    {
        var sum = 0f;
        foreach (var (column, value) in Entries)
            sum += vector[column] * value;
        return sum;
    }

    public void AddTo(Span<float> vector, float factor)
    {
        foreach (var (column, value) in Entries)
            vector[column] += factor * value;
    }
}
