using System.Collections.Concurrent;

namespace CustomerService.Conformance;

/// <summary>A place where a grain waits until the test lets it go on, and where the test learns that it has arrived.</summary>
public sealed class Gate
{
    private static readonly ConcurrentDictionary<string, Gate> s_gates = [];

    private readonly TaskCompletionSource _arrived = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Arrived => _arrived.Task.WaitAsync(TimeSpan.FromSeconds(20));

    public static Gate Of(string name) => s_gates.GetOrAdd(name, _ => new());

    public void Open() => _opened.TrySetResult();

    public void Arrive() => _arrived.TrySetResult();

    public Task PassAsync()
    {
        Arrive();
        return _opened.Task;
    }
}
