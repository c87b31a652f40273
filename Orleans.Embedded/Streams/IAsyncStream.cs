using Orleans.Runtime;

namespace Orleans.Streams;

public interface IAsyncObserver<in T>
{
    Task OnNextAsync(T item, StreamSequenceToken? token = null);

    Task OnCompletedAsync() => Task.CompletedTask;

    Task OnErrorAsync(Exception ex);
}

public interface IAsyncBatchObserver<T>
{
    Task OnNextAsync(IList<SequentialItem<T>> items);

    Task OnCompletedAsync() => Task.CompletedTask;

    Task OnErrorAsync(Exception ex);
}

public class SequentialItem<T>(T item, StreamSequenceToken token)
{
    public T Item { get; } = item;

    public StreamSequenceToken Token { get; } = token;
}

public interface IAsyncObservable<T>
{
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer);

    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null);
}

public interface IAsyncBatchObservable<T>
{
    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer);

    Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer, StreamSequenceToken? token);
}

public interface IAsyncBatchProducer<T> : IAsyncObserver<T>
{
    Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null);
}

public interface IAsyncStream
{
    bool IsRewindable { get; }

    string ProviderName { get; }

    StreamId StreamId { get; }
}

public interface IAsyncStream<T> : IAsyncStream, IEquatable<IAsyncStream<T>>, IComparable<IAsyncStream<T>>, IAsyncObservable<T>, IAsyncBatchObservable<T>, IAsyncBatchProducer<T>
{
    Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles();
}

public interface IStreamProvider
{
    string Name { get; }

    bool IsRewindable { get; }

    IAsyncStream<T> GetStream<T>(StreamId streamId);
}

public static class StreamProviderExtensions
{
    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, Guid id) => streamProvider.GetStream<T>(StreamId.Create(null, id));

    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string ns, Guid id) => streamProvider.GetStream<T>(StreamId.Create(ns, id));

    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string id) => streamProvider.GetStream<T>(StreamId.Create(null, id));

    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string ns, string id) => streamProvider.GetStream<T>(StreamId.Create(ns, id));

    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, long id) => streamProvider.GetStream<T>(StreamId.Create(null, id));

    public static IAsyncStream<T> GetStream<T>(this IStreamProvider streamProvider, string ns, long id) => streamProvider.GetStream<T>(StreamId.Create(ns, id));
}
