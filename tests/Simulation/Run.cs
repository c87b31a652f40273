using CustomerService.Simulation.Checking;
using CustomerService.Simulation.Deployment;
using CustomerService.Simulation.Mutations;
using CustomerService.Simulation.Workload;

namespace CustomerService.Simulation;

/// <summary>What came of one plan.</summary>
/// <param name="Broken">The first promise that was broken; null when all were kept.</param>
/// <param name="Steps">How much was run and checked.</param>
/// <param name="Trace">Equal for equal runs.</param>
/// <param name="Simulated">How long it took on the virtual clock.</param>
/// <param name="Story">What happened, when it was asked for.</param>
internal sealed record Outcome(Broken? Broken, long Steps, ulong Trace, TimeSpan Simulated, ImmutableArray<string> Story);

/// <summary>Plays one plan from an empty disk to rest.</summary>
internal static class Run
{
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(4);

    public static Outcome Of(Plan plan, Mutation? mutation = null, bool tellsStory = false)
    {
        var context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        try
        {
            return Play(plan, new(plan, mutation ?? Mutation.None, tellsStory));
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(context);
        }
    }

    private static Outcome Play(Plan plan, World world)
    {
        var (people, mishaps) = (new People(world, plan), new Mishaps(world, plan));
        people.Begin();
        mishaps.Begin();
        Until(world, plan.Length, mishaps, () => false);
        mishaps.End();
        Until(world, world.Now + Grace, mishaps, () => people.Unanswered == 0);
        if (people.Unanswered > 0)
            world.Promises.Fail(Promises.Answered, $"{people.Unanswered} calls still wait {Grace.TotalMinutes:0} minutes after the last fault");
        Until(world, world.Now + Rest, mishaps, () => false);
        if (world.Promises.Broken is null)
            world.CheckAtRest();
        world.End();
        return new(world.Promises.Broken, world.Simulator.Steps, world.Simulator.Trace, world.Now, [.. world.Story]);
    }

    private static void Until(World world, TimeSpan end, Mishaps mishaps, Func<bool> isDone)
    {
        while (world.Promises.Broken is null && !isDone() && world.Simulator.Step(end.Ticks))
        {
            world.CheckStep();
            mishaps.AfterStep();
        }
    }
}
