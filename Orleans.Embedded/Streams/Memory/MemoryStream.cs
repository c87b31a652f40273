using Orleans.Runtime;
using Orleans.Streams;

namespace Orleans.Engine;

/// <summary>A handle to one stream; cheap, like a grain reference.</summary>
internal sealed class MemoryStream<T>(MemoryStreamProvider provider, StreamId id) : IAsyncStream<T>
{
    public bool IsRewindable => provider.IsRewindable;

    public string ProviderName => provider.Name;

    public StreamId StreamId => id;

    public Task OnNextAsync(T item, StreamSequenceToken? token = null) => OnNextBatchAsync([item], token);

    public Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null)
    {
        RefuseToken(token);
        provider.Publish(id, batch.Select(item => (object?)item));
        return Task.CompletedTask;
    }

    public Task OnCompletedAsync() => throw new NotSupportedException("Streams of this provider do not end.");

    public Task OnErrorAsync(Exception ex) => throw new NotSupportedException("Streams of this provider carry no errors.");

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer) => Subscribe(new SingleSink<T>(observer), null);

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null) =>
        Subscribe(new SingleSink<T>(observer), token);

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer) => Subscribe(new BatchSink<T>(observer), null);

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer, StreamSequenceToken? token) => Subscribe(new BatchSink<T>(observer), token);

    public Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles() =>
        Task.FromResult<IList<StreamSubscriptionHandle<T>>>([.. provider.SubscriptionsOf(id).Select(one => new MemoryStreamHandle<T>(provider, id, one.Id))]);

    public bool Equals(IAsyncStream<T>? other) => other is not null && other.StreamId == id && other.ProviderName == ProviderName;

    public override bool Equals(object? obj) => Equals(obj as IAsyncStream<T>);

    public override int GetHashCode() => id.GetHashCode();

    public int CompareTo(IAsyncStream<T>? other) => other is null ? 1 : id.CompareTo(other.StreamId);

    private static void RefuseToken(StreamSequenceToken? token)
    {
        if (token is not null)
            throw new NotSupportedException("Streams of this provider cannot be rewound: a token means nothing here.");
    }

    private Task<StreamSubscriptionHandle<T>> Subscribe(StreamSink sink, StreamSequenceToken? token)
    {
        RefuseToken(token);
        return Task.FromResult<StreamSubscriptionHandle<T>>(new MemoryStreamHandle<T>(provider, id, provider.Subscribe(id, sink).Id));
    }
}

internal sealed class MemoryStreamHandle<T>(MemoryStreamProvider provider, StreamId id, Guid handleId) : StreamSubscriptionHandle<T>
{
    public override StreamId StreamId => id;

    public override string ProviderName => provider.Name;

    public override Guid HandleId => handleId;

    public override Task UnsubscribeAsync()
    {
        provider.Unsubscribe(id, handleId);
        return Task.CompletedTask;
    }

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null) => Resume(new SingleSink<T>(observer));

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncBatchObserver<T> observer, StreamSequenceToken? token = null) => Resume(new BatchSink<T>(observer));

    public override bool Equals(StreamSubscriptionHandle<T>? other) => other?.HandleId == handleId;

    private Task<StreamSubscriptionHandle<T>> Resume(StreamSink sink)
    {
        provider.Resume(id, handleId, sink);
        return Task.FromResult<StreamSubscriptionHandle<T>>(this);
    }
}
