using Orleans.Concurrency;

namespace CustomerService.Conformance.CallChains;

public interface IChainGrain : IGrainWithStringKey
{
    Task<string> AnswerAsync();

    Task<string?> ReadContextAsync(string name);

    Task<string?> ReadContextBehindAsync(IChainGrain other, string name);

    Task SetContextAsync(string name, string value);

    [OneWay]
    Task TellAsync(string gate);

    void Shout(string gate);

    [OneWay]
    Task FailSilentlyAsync(string gate);

    [ResponseTimeout("00:00:00.1")]
    Task<string> NeverAsync(string gate);

    Task<bool> IsCancelledAsync(string gate, CancellationToken cancellationToken = default);

    Task<bool> SawCancellationInOwnTurnAsync();
}

public sealed class ChainGrain : Grain, IChainGrain
{
    private bool _cancelledInTurn;

    public Task<string> AnswerAsync() => Task.FromResult("here");

    public Task<string?> ReadContextAsync(string name) => Task.FromResult(RequestContext.Get(name) as string);

    public async Task<string?> ReadContextBehindAsync(IChainGrain other, string name)
    {
        await Task.Yield();
        return await other.ReadContextAsync(name);
    }

    // Not async on purpose: what it sets must leak neither to its caller nor to the next call.
    public Task SetContextAsync(string name, string value)
    {
        RequestContext.Set(name, value);
        return Task.CompletedTask;
    }

    public Task TellAsync(string gate) => Gate.Of(gate).PassAsync();

    public void Shout(string gate) => Gate.Of(gate).Arrive();

    public Task FailSilentlyAsync(string gate)
    {
        Gate.Of(gate).Arrive();
        throw new InvalidOperationException("Nobody hears this.");
    }

    public async Task<string> NeverAsync(string gate)
    {
        await Gate.Of(gate).PassAsync();
        Gate.Of(gate + "/done").Arrive();
        return "late";
    }

    public async Task<bool> IsCancelledAsync(string gate, CancellationToken cancellationToken = default)
    {
        var cancelled = new TaskCompletionSource();
        await using var registration = cancellationToken.Register(() =>
        {
            _cancelledInTurn = GrainContext.IsCurrent() && TaskScheduler.Current != TaskScheduler.Default;
            cancelled.SetResult();
        });
        await Task.WhenAny(Gate.Of(gate).PassAsync(), cancelled.Task);
        if (cancellationToken.IsCancellationRequested)
            Gate.Of(gate + "/cancelled").Arrive();
        return cancellationToken.IsCancellationRequested;
    }

    public Task<bool> SawCancellationInOwnTurnAsync() => Task.FromResult(_cancelledInTurn);
}
