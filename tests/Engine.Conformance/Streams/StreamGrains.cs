using System.Collections.Concurrent;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace CustomerService.Conformance.Streams;

/// <summary>What consumers got, by key, and a count to wait for.</summary>
public static class Received
{
    private static readonly ConcurrentDictionary<string, (ConcurrentQueue<string> Items, SemaphoreSlim Count)> s_received = [];

    public static void Add(string key, string item)
    {
        var (items, count) = s_received.GetOrAdd(key, _ => ([], new(0)));
        items.Enqueue(item);
        count.Release();
    }

    public static string[] Now(string key) => s_received.TryGetValue(key, out var entry) ? [.. entry.Items] : [];

    public static async Task<string[]> AfterAsync(string key, int count)
    {
        var entry = s_received.GetOrAdd(key, _ => ([], new(0)));
        for (var got = 0; got < count; got++)
        {
            if (!await entry.Count.WaitAsync(TimeSpan.FromSeconds(20)))
                throw new TimeoutException($"{got} of {count} events came: {string.Join(' ', entry.Items)}");
        }

        return [.. entry.Items];
    }
}

public interface IImplicitGrain : IGrainWithStringKey
{
    Task<string> PingAsync();
}

/// <summary>Attaches its observer when it is activated.</summary>
[ImplicitStreamSubscription("implicit")]
public sealed class ImplicitGrain : Grain, IImplicitGrain
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken) => await this.GetStreamProvider("streams")
        .GetStream<string>(StreamId.Create("implicit", this.GetPrimaryKeyString()))
        .SubscribeAsync(OnNextAsync);

    public Task<string> PingAsync()
    {
        Received.Add(this.GetPrimaryKeyString(), "ping");
        return Task.FromResult("pong");
    }

    private async Task OnNextAsync(string item, StreamSequenceToken? token)
    {
        if (item.StartsWith("gate:", StringComparison.Ordinal))
            await Gate.Of(item[5..]).PassAsync();
        if (item.StartsWith("gates:", StringComparison.Ordinal))
        {
            await Gate.Of(item[6..]).PassAsync();
            await Gate.Of(item[6..] + "/second").PassAsync();
        }

        var tenant = RequestContext.Get("tenant");
        Received.Add(this.GetPrimaryKeyString(), tenant is null ? item : $"{item}@{tenant}");
    }
}

/// <summary>Attaches its observer when the first event comes.</summary>
[ImplicitStreamSubscription("observed")]
public sealed class ObservedGrain : Grain, IImplicitGrain, IStreamSubscriptionObserver
{
    private int _failures = 2;

    public Task OnSubscribed(IStreamSubscriptionHandleFactory handleFactory) => handleFactory.Create<int>().ResumeAsync(OnNextAsync, OnErrorAsync);

    public Task<string> PingAsync() => Task.FromResult("pong");

    // -1 fails twice, the smallest number always.
    private Task OnNextAsync(int item, StreamSequenceToken? token)
    {
        if (item == int.MinValue || (item < 0 && _failures-- > 0))
            throw new InvalidOperationException("Not yet.");
        Received.Add(this.GetPrimaryKeyString(), item.ToString());
        return Task.CompletedTask;
    }

    private Task OnErrorAsync(Exception fault)
    {
        Received.Add(this.GetPrimaryKeyString(), fault.GetType().Name);
        return Task.CompletedTask;
    }
}

public interface ISubscriberGrain : IGrainWithStringKey
{
    Task SubscribeAsync(string stream);

    Task SubscribeBatchAsync(string stream);

    Task<int> UnsubscribeAsync(string stream);

    Task ResumeAsync(string stream);

    Task LeaveAsync();
}

public sealed class SubscriberGrain : Grain, ISubscriberGrain
{
    public Task SubscribeAsync(string stream) => Stream(stream).SubscribeAsync(OnNextAsync);

    public Task SubscribeBatchAsync(string stream) => Stream(stream).SubscribeAsync((IList<SequentialItem<string>> items) =>
    {
        foreach (var item in items)
            Received.Add(this.GetPrimaryKeyString(), item.Item);
        return Task.CompletedTask;
    });

    public async Task<int> UnsubscribeAsync(string stream)
    {
        var handles = await Stream(stream).GetAllSubscriptionHandles();
        foreach (var handle in handles)
            await handle.UnsubscribeAsync();
        return handles.Count;
    }

    public async Task ResumeAsync(string stream)
    {
        foreach (var handle in await Stream(stream).GetAllSubscriptionHandles())
            await handle.ResumeAsync(OnNextAsync);
    }

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private IAsyncStream<string> Stream(string name) => this.GetStreamProvider("streams").GetStream<string>(StreamId.Create("explicit", name));

    private Task OnNextAsync(string item, StreamSequenceToken? token)
    {
        Received.Add(this.GetPrimaryKeyString(), item);
        return Task.CompletedTask;
    }
}
