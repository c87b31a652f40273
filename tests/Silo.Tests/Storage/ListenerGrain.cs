using System.Collections.Concurrent;
using System.Threading.Channels;
using Orleans.Streams;

namespace CustomerService.Storage;

public interface IListenerGrain : IGrainWithStringKey
{
    Task ListenAsync(string stream);

    Task StopAsync(string stream);

    Task<int> CountAsync(string stream);
}

/// <summary>Tells of every event; listens again to whatever it has subscribed to when it is activated.</summary>
public sealed class ListenerGrain : Grain, IListenerGrain
{
    private static readonly ConcurrentDictionary<string, Channel<string>> s_heard = [];

    public static ChannelReader<string> Heard(string key) => HeardBy(key).Reader;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var handle in await Stream(this.GetPrimaryKeyString()).GetAllSubscriptionHandles())
            await handle.ResumeAsync(OnNextAsync);
    }

    public Task ListenAsync(string stream) => Stream(stream).SubscribeAsync(OnNextAsync);

    public async Task StopAsync(string stream)
    {
        foreach (var handle in await Stream(stream).GetAllSubscriptionHandles())
            await handle.UnsubscribeAsync();
    }

    public async Task<int> CountAsync(string stream) => (await Stream(stream).GetAllSubscriptionHandles()).Count;

    private IAsyncStream<string> Stream(string name) => this.GetStreamProvider("streams").GetStream<string>(StreamId.Create("news", name));

    private Task OnNextAsync(string item, StreamSequenceToken? token)
    {
        HeardBy(this.GetPrimaryKeyString()).Writer.TryWrite(item);
        return Task.CompletedTask;
    }

    private static Channel<string> HeardBy(string key) => s_heard.GetOrAdd(key, _ => Channel.CreateUnbounded<string>());
}
