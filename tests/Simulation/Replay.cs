using CustomerService.Simulation.Mutations;
using CustomerService.Simulation.Workload;

namespace CustomerService.Simulation;

/// <summary>Plays one seed and tells what happened.</summary>
internal static class Replay
{
    public static int Show(ulong seed, Mutation mutation)
    {
        var plan = Plan.Of(seed);
        var (first, again) = (Run.Of(plan, mutation, tellsStory: true), Run.Of(plan, mutation));
        Console.WriteLine($"Seed {seed}, {plan.Acts.Length} acts, {plan.Faults.Length} faults:\n{plan}\n\nWhat happened:");
        foreach (var line in first.Story)
            Console.WriteLine(line);
        Console.WriteLine($"\n{first.Steps:N0} steps, {first.Simulated:d\\.hh\\:mm\\:ss} simulated, trace {first.Trace:x16}; again: trace {again.Trace:x16}");
        if (first.Trace != again.Trace)
            return Say("The replay differs: something runs that no seed decides.");
        if (first.Broken is null)
            return 0;

        Console.WriteLine($"\nSeed {seed} breaks a promise. {first.Broken}");
        Shortest(plan, mutation);
        return 1;
    }

    /// <summary>The smallest plan that still breaks the promise, and what happens in it.</summary>
    public static void Shortest(Plan plan, Mutation mutation)
    {
        var shortest = Search.Shrink(plan, mutation);
        var outcome = Run.Of(shortest, mutation, tellsStory: true);
        Console.WriteLine($"The shortest trace found ({shortest.Acts.Length} acts, {shortest.Faults.Length} faults):\n{shortest}\n\nWhat happens:");
        foreach (var line in outcome.Story.TakeLast(60))
            Console.WriteLine(line);
        Console.WriteLine($"  => {outcome.Broken}");
    }

    private static int Say(string what)
    {
        Console.WriteLine(what);
        return 1;
    }
}
