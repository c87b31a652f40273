using Orleans.Concurrency;
using Orleans.Serialization.Invocation;

namespace CustomerService.Conformance.Concurrency;

/// <summary>Every method notes when it enters and leaves; the waiting ones stay until their gate opens.</summary>
public interface IInterleavingGrain : IGrainWithStringKey
{
    Task WaitAsync(string gate);

    Task PassAsync(string name);

    [ReadOnly]
    Task WaitReadingAsync(string gate);

    [ReadOnly]
    Task ReadAsync(string name);

    [AlwaysInterleave]
    Task InterleaveAsync(string name);

    [AlwaysInterleave]
    Task WaitInterleavedAsync(string gate);

    [AlwaysInterleave]
    Task<string> LogAsync();
}

public interface IReentrantGrain : IInterleavingGrain;

public interface IPredicateGrain : IInterleavingGrain;

public abstract class InterleavingGrainBase : Grain, IInterleavingGrain
{
    private readonly List<string> _log = [];

    public Task WaitAsync(string gate) => Enter(gate);

    public Task PassAsync(string name) => Note(name);

    public Task WaitReadingAsync(string gate) => Enter(gate);

    public Task ReadAsync(string name) => Note(name);

    public Task InterleaveAsync(string name) => Note(name);

    public Task WaitInterleavedAsync(string gate) => Enter(gate);

    public Task<string> LogAsync() => Task.FromResult(string.Join(' ', _log));

    private async Task Enter(string gate)
    {
        _log.Add("+" + gate.Split('/')[^1]);
        await Gate.Of(gate).PassAsync();
        _log.Add("-" + gate.Split('/')[^1]);
    }

    private Task Note(string name)
    {
        _log.Add(name);
        return Task.CompletedTask;
    }
}

public sealed class InterleavingGrain : InterleavingGrainBase;

[Reentrant]
public sealed class ReentrantGrain : InterleavingGrainBase, IReentrantGrain;

[MayInterleave(nameof(MayInterleave))]
public sealed class PredicateGrain : InterleavingGrainBase, IPredicateGrain
{
    public static bool MayInterleave(IInvokable request) => request.GetArgumentCount() > 0 && request.GetArgument(0) switch
    {
        "bad" => throw new InvalidOperationException("Asked about something bad."),
        string name => name.EndsWith("welcome", StringComparison.Ordinal),
        _ => false,
    };
}

/// <summary>Two classes, neither of them named after it.</summary>
public interface IEitherGrain : IGrainWithStringKey
{
    Task PassAsync();
}

public sealed class OneGrain : Grain, IEitherGrain
{
    public Task PassAsync() => Task.CompletedTask;
}

public sealed class OtherGrain : Grain, IEitherGrain
{
    public Task PassAsync() => Task.CompletedTask;
}
