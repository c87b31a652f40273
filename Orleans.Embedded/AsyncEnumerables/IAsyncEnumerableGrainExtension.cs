namespace Orleans.Runtime;

/// <summary>What a grain answers when it is asked for the next elements.</summary>
[GenerateSerializer]
public enum EnumerationResult
{
    /// <summary>Nothing yet: ask again.</summary>
    Heartbeat = 1,
    Element = 1 << 1,
    Batch = 1 << 2,
    Completed = 1 << 3,
    MissingEnumeratorError = 1 << 4,
    Error = 1 << 5,
    Canceled = 1 << 6,
    CompletedWithElement = Completed | Element,
    CompletedWithBatch = Completed | Batch,
}

internal static class EnumerationResults
{
    extension(EnumerationResult result)
    {
        /// <summary>Whether nothing comes after it.</summary>
        public bool IsLast => result is not (EnumerationResult.Heartbeat or EnumerationResult.Element or EnumerationResult.Batch);
    }
}

/// <summary>The calls behind an enumeration, as call filters see them.</summary>
public interface IAsyncEnumerableGrainExtension
{
    ValueTask<(EnumerationResult Status, object? Value)> StartEnumeration<T>(Guid requestId, AsyncEnumerableRequest<T> request, CancellationToken cancellationToken);

    ValueTask<(EnumerationResult Status, object? Value)> MoveNext<T>(Guid requestId, CancellationToken cancellationToken);

    ValueTask DisposeAsync(Guid requestId);
}
