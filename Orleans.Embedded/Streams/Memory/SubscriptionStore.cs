using Orleans.Runtime;
using Orleans.Storage;

namespace Orleans.Engine;

/// <summary>The explicit subscriptions of a stream as they are stored.</summary>
public sealed class StoredSubscriptions
{
    /// <summary>The grain, as text, by the id of its subscription.</summary>
    public Dictionary<Guid, string> Grains { get; set; } = [];
}

/// <summary>Keeps the explicit subscriptions of one stream in the storage named PubSubStore, so that they outlive the process.</summary>
internal sealed class SubscriptionStore(IGrainStorage storage, string provider, StreamId stream) : IDisposable
{
    private const string StateName = "PubSubStore";

    private readonly GrainId _id = GrainId.Create("pubsubrendezvous", $"{provider}/{stream}");
    private readonly SemaphoreSlim _turn = new(1);
    private readonly GrainState<StoredSubscriptions> _state = new();

    public async Task<IReadOnlyList<(Guid Id, GrainId Grain)>> ReadAsync()
    {
        await storage.ReadStateAsync(StateName, _id, _state);
        return [.. (_state.State?.Grains ?? []).Select(one => (one.Key, GrainId.Parse(one.Value)))];
    }

    public Task AddAsync(Guid id, GrainId grain) => ChangeAsync(grains => grains.TryAdd(id, grain.ToString()));

    public Task RemoveAsync(Guid id) => ChangeAsync(grains => grains.Remove(id));

    public void Dispose() => _turn.Dispose();

    private async Task ChangeAsync(Func<Dictionary<Guid, string>, bool> change)
    {
        await _turn.WaitAsync();
        try
        {
            var grains = new Dictionary<Guid, string>(_state.State?.Grains ?? []);
            if (!change(grains))
                return;

            var before = _state.State;
            _state.State = new() { Grains = grains };
            try
            {
                await (grains.Count > 0 ? storage.WriteStateAsync(StateName, _id, _state) : storage.ClearStateAsync(StateName, _id, _state));
            }
            catch
            {
                _state.State = before;
                throw;
            }
        }
        finally
        {
            _turn.Release();
        }
    }
}
