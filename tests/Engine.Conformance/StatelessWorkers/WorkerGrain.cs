using CustomerService.Conformance.Activations;
using Orleans.Concurrency;

namespace CustomerService.Conformance.StatelessWorkers;

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

    /// <summary>Where it is known that a worker has gone.</summary>
    public static Gate Left(int worker) => Gate.Of($"worker {worker} left");

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Left(_number).Arrive();
        return Task.CompletedTask;
    }

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
