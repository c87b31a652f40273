using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace CustomerService.Conformance.Activations;

public interface IRestlessGrain : IGrainWithStringKey
{
    /// <summary>Takes note of a caller's number and now and then leaves afterwards.</summary>
    Task TakeAsync(int caller, int number);
}

public sealed class RestlessGrain : Grain, IRestlessGrain, IDisposable
{
    private static readonly ConcurrentDictionary<string, (ConcurrentQueue<(int Caller, int Number)> Taken, StrongBox<int> Alive)> s_all = [];

    private readonly (ConcurrentQueue<(int Caller, int Number)> Taken, StrongBox<int> Alive) _mine;

    private bool _isAlive;

    public RestlessGrain() => _mine = s_all.GetOrAdd(this.GetPrimaryKeyString(), _ => ([], new(0)));

    public static IEnumerable<(int Caller, int Number)> Taken(string key) => s_all[key].Taken;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _isAlive = true;
        return Interlocked.Increment(ref _mine.Alive.Value) == 1 ? Task.CompletedTask : throw new InvalidOperationException("Two activations of one key.");
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await Task.Yield();
        Dispose();
    }

    // Told to go while it was still coming, a grain is only disposed.
    public void Dispose()
    {
        if (_isAlive)
            Interlocked.Decrement(ref _mine.Alive.Value);
        _isAlive = false;
    }

    public async Task TakeAsync(int caller, int number)
    {
        _mine.Taken.Enqueue((caller, number));
        if ((caller + number) % 7 == 0)
            await Task.Yield();
        if ((caller + number) % 50 == 0)
            DeactivateOnIdle();
    }
}
