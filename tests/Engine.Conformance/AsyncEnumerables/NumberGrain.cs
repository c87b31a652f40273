using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace CustomerService.Conformance.AsyncEnumerables;

public interface INumberGrain : IGrainWithStringKey
{
    /// <summary>0 to <paramref name="count"/> − 1, all of them ready at once.</summary>
    IAsyncEnumerable<int> CountAsync(int count, CancellationToken cancellationToken = default);

    /// <summary>Fails after so many.</summary>
    IAsyncEnumerable<int> FailAsync(int after);

    /// <summary>1, then what comes after the gate, which opens or is cancelled.</summary>
    IAsyncEnumerable<int> WaitAsync(string gate, CancellationToken cancellationToken = default);

    // Shorter than an enumeration waits in the grain before it lets others in anyway.
    [ResponseTimeout("00:00:05")]
    Task<string> PingAsync();

    [ResponseTimeout("00:00:01")]
    Task HoldAsync(string gate);

    Task LeaveAsync();

    /// <summary>Sums what another grain of this class counts.</summary>
    Task<int> SumOfAsync(string other, int count);
}

public sealed class NumberGrain : Grain, INumberGrain
{
    private static readonly ConcurrentDictionary<string, TaskCompletionSource<int>> s_ends = [];

    /// <summary>Done when an enumeration in the grain has run its finally, with how many elements it had made.</summary>
    public static Task<int> End(string key) => EndOf(key).Task.WaitAsync(TimeSpan.FromSeconds(20));

    public async IAsyncEnumerable<int> CountAsync(int count, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var made = 0;
        try
        {
            while (made < count)
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!GrainContext.IsCurrent())
                    throw new InvalidOperationException("Not in a turn of the grain.");
                yield return made++;
            }

            await Task.CompletedTask;
        }
        finally
        {
            EndOf(this.GetPrimaryKeyString()).TrySetResult(made);
        }
    }

    public async IAsyncEnumerable<int> FailAsync(int after)
    {
        for (var number = 0; number < after; number++)
            yield return number;
        await Task.Yield();
        throw new InvalidOperationException("No more numbers.");
    }

    public async IAsyncEnumerable<int> WaitAsync(string gate, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            yield return 1;
            await Gate.Of(gate).PassAsync().WaitAsync(cancellationToken);
            yield return GrainContext.IsCurrent() ? 2 : -1;
        }
        finally
        {
            EndOf(this.GetPrimaryKeyString()).TrySetResult(1);
        }
    }

    public Task<string> PingAsync() => Task.FromResult("pong");

    public Task HoldAsync(string gate) => Gate.Of(gate).PassAsync();

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task<int> SumOfAsync(string other, int count)
    {
        var sum = 0;
        await foreach (var number in GrainFactory.GetGrain<INumberGrain>(other).CountAsync(count))
            sum += GrainContext.IsCurrent() ? number : int.MinValue;
        return sum;
    }

    private static TaskCompletionSource<int> EndOf(string key) => s_ends.GetOrAdd(key, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
