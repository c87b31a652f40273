using Orleans.Runtime;

namespace Orleans.Streams
{
    public abstract class StreamSubscriptionHandle<T> : IEquatable<StreamSubscriptionHandle<T>?>
    {
        public abstract StreamId StreamId { get; }

        public abstract string ProviderName { get; }

        public abstract Guid HandleId { get; }

        public abstract Task UnsubscribeAsync();

        public abstract Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null);

        public abstract Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncBatchObserver<T> observer, StreamSequenceToken? token = null);

        public abstract bool Equals(StreamSubscriptionHandle<T>? other);

        public override bool Equals(object? obj) => Equals(obj as StreamSubscriptionHandle<T>);

        public override int GetHashCode() => HandleId.GetHashCode();
    }

    /// <summary>An event could not be delivered for a minute and was left out.</summary>
    public sealed class StreamEventDeliveryFailureException : OrleansException
    {
        public StreamEventDeliveryFailureException(string message) : base(message)
        {
        }

        public StreamEventDeliveryFailureException(string message, Exception innerException) : base(message, innerException)
        {
        }
    }
}

namespace Orleans.Streams.Core
{
    /// <summary>Makes the handle of a subscription whose observer is not attached yet.</summary>
    public interface IStreamSubscriptionHandleFactory
    {
        StreamId StreamId { get; }

        string ProviderName { get; }

        StreamSubscriptionHandle<T> Create<T>();
    }

    /// <summary>A grain that wants to know when the first event of an implicit subscription arrives.</summary>
    public interface IStreamSubscriptionObserver
    {
        Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory);
    }
}
