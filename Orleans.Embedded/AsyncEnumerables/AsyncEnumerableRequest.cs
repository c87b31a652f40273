using Orleans.Engine;

namespace Orleans.Runtime;

/// <summary>A call of a method that returns <see cref="IAsyncEnumerable{T}"/>: each enumeration of it runs the method anew, in the grain.</summary>
public abstract class AsyncEnumerableRequest<T> : IAsyncEnumerable<T>
{
    private GrainReference? _target;
    private CancellationToken _token;

    /// <summary>How many elements that are ready travel together. Default: 100.</summary>
    public int MaxBatchSize { get; set; } = 100;

    public IAsyncEnumerator<T> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        new RemoteEnumerator<T>(_target!, this, _token, cancellationToken);

    internal IAsyncEnumerable<T> SentTo(GrainReference target, CancellationToken token)
    {
        (_target, _token) = (target, token);
        return this;
    }

    internal IAsyncEnumerable<T> Run(object grain, CancellationToken token) => Invoke(grain, token);

    /// <summary>Calls the method.</summary>
    /// <param name="grain">The grain.</param>
    /// <param name="token">Cancelled when the caller cancels or stops enumerating.</param>
    protected abstract IAsyncEnumerable<T> Invoke(object grain, CancellationToken token);
}

public static class AsyncEnumerableExtensions
{
    public static IAsyncEnumerable<T> WithBatchSize<T>(this IAsyncEnumerable<T> self, int maxBatchSize)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxBatchSize, 1);
        if (self is AsyncEnumerableRequest<T> request)
            request.MaxBatchSize = maxBatchSize;
        return self;
    }
}

/// <summary>The grain that enumerates has left, or nobody asked it for a next element for too long.</summary>
[GenerateSerializer]
public sealed class EnumerationAbortedException : Exception
{
    public EnumerationAbortedException()
    {
    }

    public EnumerationAbortedException(string message) : base(message)
    {
    }

    public EnumerationAbortedException(string message, Exception innerException) : base(message, innerException)
    {
    }
}
