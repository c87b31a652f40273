using System.Collections.Concurrent;
using Orleans.Streams;

namespace CustomerService.Conformance.Streams;

public interface IRewindGrain : IGrainWithStringKey
{
    /// <summary>Subscribes to a stream, from an item that some grain of this class received once, or from now on.</summary>
    Task SubscribeAsync(string stream, string? from = null);

    /// <summary>Goes on from an item it received before.</summary>
    Task ResumeAsync(string stream, string from);

    /// <summary>Resumes with a handle that it has resumed with before.</summary>
    Task ResumeTwiceAsync(string stream);

    Task<bool> CanRewindAsync(string stream);

    Task LeaveAsync();
}

/// <summary>Remembers the place of every item. "rewind:x" makes it go back to x while it receives the item.</summary>
public sealed class RewindGrain : Grain, IRewindGrain
{
    private static readonly ConcurrentDictionary<(string Stream, string Item), StreamSequenceToken> s_tokens = [];

    private StreamSubscriptionHandle<string>? _handle;

    public async Task SubscribeAsync(string stream, string? from) => _handle = from is null
        ? await Stream(stream).SubscribeAsync((item, token) => OnNextAsync(stream, item, token), OnErrorAsync)
        : await Stream(stream).SubscribeAsync((item, token) => OnNextAsync(stream, item, token), OnErrorAsync, s_tokens[(stream, from)]);

    public async Task ResumeAsync(string stream, string from) =>
        _handle = await _handle!.ResumeAsync((item, token) => OnNextAsync(stream, item, token), OnErrorAsync, s_tokens[(stream, from)]);

    public async Task ResumeTwiceAsync(string stream)
    {
        await _handle!.ResumeAsync((item, token) => OnNextAsync(stream, item, token));
        await _handle!.ResumeAsync((item, token) => OnNextAsync(stream, item, token));
    }

    public Task<bool> CanRewindAsync(string stream) => Task.FromResult(Stream(stream).IsRewindable);

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private IAsyncStream<string> Stream(string name) => this.GetStreamProvider("streams").GetStream<string>(StreamId.Create("rewind", name));

    private async Task OnNextAsync(string stream, string item, StreamSequenceToken? token)
    {
        s_tokens[(stream, item)] = token!;
        Received.Add(this.GetPrimaryKeyString(), item);
        if (item.StartsWith("rewind:", StringComparison.Ordinal))
            await ResumeAsync(stream, item[7..]);
    }

    private Task OnErrorAsync(Exception fault)
    {
        Received.Add(this.GetPrimaryKeyString(), fault.GetType().Name);
        return Task.CompletedTask;
    }
}

/// <summary>Gets the events of every namespace like "regex-1", and leaves after every third.</summary>
[RegexImplicitStreamSubscription("^regex-[0-9]+$")]
public sealed class RegexGrain : Grain, IImplicitGrain
{
    private int _count;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        foreach (var ns in new[] { "regex-1", "regex-2" })
        {
            await this.GetStreamProvider("streams").GetStream<string>(StreamId.Create(ns, this.GetPrimaryKeyString())).SubscribeAsync((item, _) =>
            {
                Received.Add(this.GetPrimaryKeyString(), item);
                if (++_count % 3 == 0)
                    DeactivateOnIdle();
                return Task.CompletedTask;
            });
        }
    }

    public Task<string> PingAsync() => Task.FromResult("pong");
}
