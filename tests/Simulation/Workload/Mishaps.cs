using CustomerService.Simulation.Deployment;

namespace CustomerService.Simulation.Workload;

/// <summary>Brings about the faults of a plan, and takes them away again.</summary>
internal sealed class Mishaps(World world, Plan plan)
{
    private readonly List<(long AtStep, TimeSpan For)> _crashes = [];

    public void Begin()
    {
        foreach (var fault in plan.Faults)
            world.Outside.Run(() => BringAsync(fault));
    }

    /// <summary>Crashes fall between two steps of the scheduler, that is at any await.</summary>
    public void AfterStep()
    {
        for (var index = _crashes.Count - 1; index >= 0; index--)
        {
            var (atStep, length) = _crashes[index];
            if (world.Simulator.Steps < atStep)
                continue;

            _crashes.RemoveAt(index);
            world.Crash();
            world.Outside.Run(async () =>
            {
                await Task.Delay(length, world.Outside.Time);
                world.Start();
            });
        }
    }

    /// <summary>From here on nothing goes wrong any more.</summary>
    public void End()
    {
        _crashes.Clear();
        world.Conditions.Mend();
        world.EndSecond();
        world.Start();
    }

    private async Task BringAsync(Fault fault)
    {
        await Task.Delay(fault.At, world.Outside.Time);
        world.Tell(fault.ToString());
        if (fault.Kind == FaultKind.Crash)
        {
            _crashes.Add((world.Simulator.Steps + fault.Amount, fault.For));
            return;
        }

        Set(fault, isOn: true);
        await Task.Delay(fault.For, world.Outside.Time);
        Set(fault, isOn: false);
    }

    private void Set(Fault fault, bool isOn)
    {
        var share = isOn ? 0.2 + fault.Amount % 8 * 0.1 : 0;
        var (conditions, storage) = (world.Conditions, world.Conditions.Storage);
        switch (fault.Kind)
        {
            case FaultKind.SlowStorage: storage.Slowness = isOn ? TimeSpan.FromMilliseconds(40 * (1 + fault.Amount)) : TimeSpan.Zero; break;
            case FaultKind.FailingCommits: storage.Failing = share; break;
            case FaultKind.FailingAfterCommit: storage.FailingAfterCommit = share; break;
            case FaultKind.FailingReads: storage.FailingReads = share; break;
            case FaultKind.LostWakeUps: conditions.LosesWakeUps = isOn; break;
            case FaultKind.DoubledWakeUps: conditions.DoublesWakeUps = isOn; break;
            case FaultKind.SilentUnderstanding: conditions.SilentUnderstanding = isOn; break;
            case FaultKind.SilentAnswers: conditions.SilentAnswers = isOn; break;
            case FaultKind.ClockJump when isOn: world.Simulator.Jumped += TimeSpan.FromMinutes(fault.Amount); break;
            case FaultKind.SecondSilo when isOn: world.StartSecond(); break;
            case FaultKind.SecondSilo: world.EndSecond(); break;
        }
    }
}
