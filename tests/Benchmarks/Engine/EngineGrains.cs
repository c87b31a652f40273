using Orleans.Concurrency;
using Orleans.Streams;

namespace CustomerService.Benchmarks;

/// <summary>The smallest grain there is: what is measured is the engine.</summary>
public interface IPingGrain : IGrainWithIntegerKey
{
    Task<int> PingAsync(int value);

    /// <summary>Asks the grain <paramref name="other"/> and returns what it says.</summary>
    Task<int> AskAsync(long other, int value);
}

internal sealed class PingGrain : Grain, IPingGrain
{
    private int _sum;
    private (long Key, IPingGrain? Grain) _other;

    public Task<int> PingAsync(int value) => Task.FromResult((_sum += value) & 1);

    public async Task<int> AskAsync(long other, int value)
    {
        if (_other.Key != other || _other.Grain is null)
            _other = (other, GrainFactory.GetGrain<IPingGrain>(other));
        return await _other.Grain.PingAsync(value);
    }
}

public interface IPingWorkerGrain : IGrainWithIntegerKey
{
    Task<int> PingAsync(int value);
}

[StatelessWorker]
internal sealed class PingWorkerGrain : Grain, IPingWorkerGrain
{
    public Task<int> PingAsync(int value) => Task.FromResult(value & 1);
}

/// <summary>Sits in memory with 200 bytes of state.</summary>
public interface IIdleGrain : IGrainWithIntegerKey
{
    Task<int> TouchAsync();
}

internal sealed class IdleGrain : Grain, IIdleGrain
{
    private readonly byte[] _state = new byte[EngineBenchmark.StateBytes - EngineBenchmark.ArrayHeader];

    public Task<int> TouchAsync() => Task.FromResult((int)_state[0]);
}

[GenerateSerializer, Immutable, Alias("bench.counter")]
public sealed record CounterState([property: Id(0)] long Count)
{
    public CounterState() : this(0)
    {
    }
}

public interface ICounterGrain : IGrainWithIntegerKey
{
    Task AddAsync();
}

internal sealed class CounterGrain([PersistentState("counter")] IPersistentState<CounterState> state) : Grain, ICounterGrain
{
    public async Task AddAsync()
    {
        state.State = new(state.State.Count + 1);
        await state.WriteStateAsync();
    }
}

[GenerateSerializer, Immutable, Alias("bench.tick")]
public sealed record Tick([property: Id(0)] long SentAt);

public interface ITickGrain : IGrainWithStringKey;

[ImplicitStreamSubscription("bench-ticks")]
internal sealed class TickGrain : Grain, ITickGrain
{
    public override async Task OnActivateAsync(CancellationToken cancellationToken) => await this.GetStreamProvider("bench")
        .GetStream<Tick>(StreamId.Create("bench-ticks", this.GetPrimaryKeyString()))
        .SubscribeAsync(OnNextAsync);

    private Task OnNextAsync(Tick tick, StreamSequenceToken? token)
    {
        Deliveries.Current.Add(tick.SentAt);
        return Task.CompletedTask;
    }
}
