using Orleans.Runtime;

namespace Orleans.Streams;

public class DataNotAvailableException : OrleansException
{
    public DataNotAvailableException() : this("Data not found")
    {
    }

    public DataNotAvailableException(string message) : base(message)
    {
    }

    public DataNotAvailableException(string message, Exception inner) : base(message, inner)
    {
    }
}

/// <summary>A subscriber asked for events from a place that is not kept any more; it gets the oldest that are.</summary>
public sealed class QueueCacheMissException : DataNotAvailableException
{
    public QueueCacheMissException() : this("Item no longer in cache")
    {
    }

    public QueueCacheMissException(string message) : base(message)
    {
    }

    public QueueCacheMissException(string message, Exception innerException) : base(message, innerException)
    {
    }

    public QueueCacheMissException(StreamSequenceToken requested, StreamSequenceToken low, StreamSequenceToken high)
        : this(requested.ToString(), low.ToString(), high.ToString())
    {
    }

    public QueueCacheMissException(string? requested, string? low, string? high)
        : base($"Item not found in cache. Requested: {requested}, Low: {low}, High: {high}") => (Requested, Low, High) = (requested, low, high);

    public string? Requested { get; }

    public string? Low { get; }

    public string? High { get; }
}
