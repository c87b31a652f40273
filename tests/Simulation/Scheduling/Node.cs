using Orleans.Engine;

namespace CustomerService.Simulation.Scheduling;

/// <summary>A process: what it queues and the time it sees. When it has crashed nothing of it runs any more.</summary>
internal sealed class Node : SynchronizationContext, IWorkScheduler
{
    private readonly Simulator _simulator;

    public Node(Simulator simulator, string name)
    {
        _simulator = simulator;
        Name = name;
        Id = Chance.Of(name);
        Time = new VirtualTime(simulator, this);
    }

    public string Name { get; }

    public ulong Id { get; }

    public bool IsDead { get; private set; }

    public TimeProvider Time { get; }

    public void Crash() => IsDead = true;

    public void Schedule(IThreadPoolWorkItem work) => _simulator.Add(this, Chance.Mix(Id, WhoseIs(work)), work);

    public override void Post(SendOrPostCallback d, object? state) => _simulator.Add(this, Id, new Continuation(d, state));

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("Nothing may block in a simulation.");

    public override SynchronizationContext CreateCopy() => this;

    /// <summary>Runs code as this process, outside its grains.</summary>
    public void Run(Func<Task> code) => Post(static state => _ = ((Func<Task>)state!)(), code);

    /// <summary>Grains come back to themselves; whatever else awaits comes back here.</summary>
    public SynchronizationContext? ContextOf(IThreadPoolWorkItem item) => item is ObserverTarget or Continuation ? this : null;

    private static ulong WhoseIs(IThreadPoolWorkItem work) => work switch
    {
        Activation activation => Chance.Mix(Chance.Of(activation.Class.Type.ToString()!), Chance.Of(activation.Key.ToString())),
        ObserverTarget observer => Chance.Of(observer.Key.ToString()),
        _ => 0,
    };

    private sealed class Continuation(SendOrPostCallback callback, object? state) : IThreadPoolWorkItem
    {
        public void Execute() => callback(state);
    }
}
