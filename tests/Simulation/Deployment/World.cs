using System.Text.Json;
using CustomerService.Contacts;
using CustomerService.Conversations;
using CustomerService.Simulation.Checking;
using CustomerService.Simulation.Mutations;
using CustomerService.Simulation.Scheduling;
using CustomerService.Simulation.Storage;
using CustomerService.Simulation.Workload;
using Orleans.Engine;

namespace CustomerService.Simulation.Deployment;

/// <summary>One disk, the processes that work on it, who uses them, and the promises that are kept all the while.</summary>
internal sealed class World
{
    private readonly Plan _plan;
    private readonly Mutation _mutation;
    private readonly IdCount _ids = new();
    private readonly DashboardOptions _dashboard;
    private readonly Widget[] _widgets;
    private readonly HashSet<(int Agent, ConversationKey Key)> _opened = [];
    private readonly List<string>? _story;
    private Conversation? _lastSeen;
    private Views? _views;
    private int _started;

    public World(Plan plan, Mutation mutation, bool tellsStory)
    {
        (_plan, _mutation, _story) = (plan, mutation, tellsStory ? [] : null);
        Simulator = new(plan.Seed);
        Outside = new(Simulator, "outside");
        Conditions = new(Chance.Mix(plan.Seed, 0x64697363));
        Promises = new(Disk, Staff.Roles, SimulatedSilo.ReopenWindow) { Jumps = TimeSpan.FromMinutes(plan.Faults.Where(fault => fault.Kind == FaultKind.ClockJump).Sum(fault => Math.Abs(fault.Amount))) };
        Disk.Committed = OnCommit;
        _dashboard = new() { PollInterval = mutation.CatchesUp ? TimeSpan.FromSeconds(5) : TimeSpan.FromDays(1) };
        _widgets = [.. Enumerable.Range(0, Plan.Contacts).Select(contact => new Widget($"visitor-{contact}", Disk, Promises))];
        Start();
    }

    public Simulator Simulator { get; }

    public Node Outside { get; }

    public Disk Disk { get; } = new();

    public Conditions Conditions { get; }

    public Promises Promises { get; }

    /// <summary>The process that serves; null while it is down.</summary>
    public SimulatedSilo? Silo { get; private set; }

    /// <summary>The one that should not be there.</summary>
    public SimulatedSilo? Second { get; private set; }

    public IEnumerable<string> Story => _story ?? [];

    public TimeSpan Now => TimeSpan.FromTicks(Simulator.Now);

    public void Tell(string what) => _story?.Add($"  {Now:hh\\:mm\\:ss\\.ffff} #{Simulator.Steps} {what}");

    /// <summary>Whoever calls reaches one of the processes, by chance.</summary>
    public IGrainFactory? Pick(Chance chance) => (chance.Happens(0.5) ? Second ?? Silo : Silo ?? Second)?.Grains;

    public void Start()
    {
        if (Silo is not null)
            return;

        Silo = new(Simulator, $"silo-{++_started}", Disk, Conditions, _mutation, _ids);
        _views = new(Silo, _dashboard, Disk, Promises);
        _views.Start();
        foreach (var (agent, key) in _opened)
            _views.Open(Staff.All[agent], key);
        foreach (var widget in _widgets)
            widget.Connect(Silo, _mutation.CatchesUp);
        Tell($"{Silo.Node.Name} is up");
    }

    public void Crash()
    {
        Tell($"{Silo?.Node.Name} crashes");
        Silo?.Crash();
        Silo = null;
    }

    public void StartSecond() => Second ??= new(Simulator, $"silo-{++_started}", Disk, Conditions, _mutation, _ids);

    public void EndSecond()
    {
        Second?.Crash();
        Second = null;
    }

    public void Open(int agent, ConversationKey key)
    {
        if (_opened.Add((agent, key)))
            _views?.Open(Staff.All[agent], key);
    }

    public void End()
    {
        Silo?.Crash();
        Second?.Crash();
        Outside.Crash();
    }

    /// <summary>What can be checked after every step.</summary>
    public void CheckStep()
    {
        if (Simulator.Escape is { } escape)
            throw new InvalidOperationException(escape);
        if (Simulator.Last is not Activation { Instance: ConversationGrain grain } || Inside.StateOf(grain) is not { } state || ReferenceEquals(state, _lastSeen))
            return;

        _lastSeen = state;
        Promises.InMemory(state);
    }

    public void CheckAtRest()
    {
        // Where two processes served the same keys, one may still show an older list or address until something changes there.
        var wasAlone = _plan.Faults.All(fault => fault.Kind != FaultKind.SecondSilo);
        Promises.AtRest(shadow => IsRecorded(shadow.State));
        _views!.CheckAtRest(wasAlone);
        foreach (var widget in _widgets)
            widget.CheckAtRest(wasAlone);
    }

    private bool IsRecorded(Conversation state) =>
        Disk.States.TryGetValue(("contact", $"contact/{state.Origin!.Contact}"), out var stored)
        && JsonSerializer.Deserialize<Contact>(stored.Body)!.Conversations.Any(past => past.Key == state.Key);

    private void OnCommit(IReadOnlyList<(ConversationKey Key, Conversation? Next)> touched)
    {
        foreach (var (key, _) in touched)
        {
            if (Disk.EntriesOf(key) is [.., var last])
            {
                Simulator.Note(Chance.Of(last.Event));
                if (_story is not null)
                    Tell($"committed {Promises.Short(key)} up to {last.Sequence}: {last.Read().Event.GetType().Name}");
            }
        }

        Promises.OnCommit(touched);
    }
}
