using Orleans.Concurrency;

namespace CustomerService.EngineTests.Activations;

public interface IWorkerGrain : IGrainWithIntegerKey
{
    /// <summary>Waits at the gate and answers with a number that is the worker's own.</summary>
    Task<int> WorkAsync(string gate);

    Task<int> WhoAsync();
}

[StatelessWorker(4)]
public sealed class WorkerGrain : Grain, IWorkerGrain
{
    private readonly int _number = Lives.NewActivation();
    private int _busy;

    public async Task<int> WorkAsync(string gate)
    {
        if (Interlocked.Increment(ref _busy) > 1)
            throw new InvalidOperationException("Two calls at once in one worker.");
        await Gate.Of(gate).PassAsync();
        Interlocked.Decrement(ref _busy);
        return _number;
    }

    public Task<int> WhoAsync() => Task.FromResult(_number);
}
