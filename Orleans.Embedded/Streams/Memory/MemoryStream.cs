using Orleans.Runtime;
using Orleans.Streams;

namespace Orleans.Engine;

/// <summary>A handle to one stream; cheap, like a grain reference.</summary>
internal sealed class MemoryStream<T>(MemoryStreamProvider provider, StreamId id) : IAsyncStream<T>
{
    private MemoryStreamHub? _hub;

    public bool IsRewindable => provider.IsRewindable;

    public string ProviderName => provider.Name;

    public StreamId StreamId => id;

    public Task OnNextAsync(T item, StreamSequenceToken? token = null)
    {
        StreamEvent one = new StreamEvent<T>(item, RequestContext.Values);
        return TryPublish(new ReadOnlySpan<StreamEvent>(in one)) ?? PublishAsync([one]);
    }

    public Task OnNextBatchAsync(IEnumerable<T> batch, StreamSequenceToken? token = null)
    {
        var context = RequestContext.Values;
        StreamEvent[] events = [.. batch.Select(item => new StreamEvent<T>(item, context))];
        return TryPublish(events) ?? PublishAsync(events);
    }

#pragma warning disable MA0025 // Orleans' own providers throw exactly this.
    public Task OnCompletedAsync() => throw new NotImplementedException("OnCompletedAsync is not implemented for now.");

    public Task OnErrorAsync(Exception ex) => throw new NotImplementedException("OnErrorAsync is not implemented for now.");
#pragma warning restore MA0025

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer) => SubscribeAsync(new SingleSink<T>(observer), null);

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token, string? filterData = null) =>
        SubscribeAsync(new SingleSink<T>(observer), token);

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer) => SubscribeAsync(new BatchSink<T>(observer), null);

    public Task<StreamSubscriptionHandle<T>> SubscribeAsync(IAsyncBatchObserver<T> observer, StreamSequenceToken? token) => SubscribeAsync(new BatchSink<T>(observer), token);

    public async Task<IList<StreamSubscriptionHandle<T>>> GetAllSubscriptionHandles() =>
        [.. (await provider.SubscriptionsOfAsync(id)).Select(one => new MemoryStreamHandle<T>(provider, id, one.Id))];

    public bool Equals(IAsyncStream<T>? other) => other is not null && other.StreamId == id && other.ProviderName == ProviderName;

    public override bool Equals(object? obj) => Equals(obj as IAsyncStream<T>);

    public override int GetHashCode() => id.GetHashCode();

    public int CompareTo(IAsyncStream<T>? other) => other is null ? 1 : id.CompareTo(other.StreamId);

    /// <summary>Publishes where it was published last; null when that is over.</summary>
    private Task? TryPublish(ReadOnlySpan<StreamEvent> batch)
    {
        provider.Cluster.ThrowIfStopped();
        return _hub?.TryPublish(batch);
    }

    private async Task PublishAsync(StreamEvent[] batch)
    {
        while (true)
        {
            var hub = await provider.HubAsync(id);
            if (hub.TryPublish(batch) is not { } accepted)
                continue;

            _hub = hub;
            await accepted;
            return;
        }
    }

    private async Task<StreamSubscriptionHandle<T>> SubscribeAsync(StreamSink sink, StreamSequenceToken? token) =>
        new MemoryStreamHandle<T>(provider, id, await provider.SubscribeAsync(id, sink, token));
}

/// <summary>A subscription in its owner's hands. Resuming gives a new handle and ends this one's use.</summary>
internal sealed class MemoryStreamHandle<T>(MemoryStreamProvider provider, StreamId id, Guid handleId) : StreamSubscriptionHandle<T>
{
    private bool _spent;

    public override StreamId StreamId => id;

    public override string ProviderName => provider.Name;

    public override Guid HandleId => handleId;

    public override async Task UnsubscribeAsync()
    {
        ThrowIfSpent(this);
        await provider.UnsubscribeAsync(id, handleId);
        _spent = true;
    }

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncObserver<T> observer, StreamSequenceToken? token = null) => ResumeAsync(new SingleSink<T>(observer), token);

    public override Task<StreamSubscriptionHandle<T>> ResumeAsync(IAsyncBatchObserver<T> observer, StreamSequenceToken? token = null) => ResumeAsync(new BatchSink<T>(observer), token);

    public override bool Equals(StreamSubscriptionHandle<T>? other) => other?.HandleId == handleId;

    private async Task<StreamSubscriptionHandle<T>> ResumeAsync(StreamSink sink, StreamSequenceToken? token)
    {
        ThrowIfSpent(this);
        await provider.ResumeAsync(id, handleId, sink, token);
        _spent = true;
        return new MemoryStreamHandle<T>(provider, id, handleId);
    }

    private static void ThrowIfSpent(MemoryStreamHandle<T> handle)
    {
        if (handle._spent)
            throw new InvalidOperationException("Handle is no longer valid. It has been used to unsubscribe or resume.");
    }
}
