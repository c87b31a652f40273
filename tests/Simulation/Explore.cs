using System.Diagnostics;
using CustomerService.Evals;
using CustomerService.Simulation.Mutations;

namespace CustomerService.Simulation;

/// <summary>Plays many seeds, then proves on every mutation that a defect would be noticed.</summary>
internal static class Explore
{
    /// <summary>Within how many seeds every mutation must be caught.</summary>
    public const int MaxSeedsPerMutation = 300;

    private const int MaxShown = 3;

    public static int Show(SimulateOptions options)
    {
        var begin = Stopwatch.GetTimestamp();
        var seeds = options.Seeds ?? (options.IsQuick ? 60 : 300);
        var found = Search.From(options.From, options.Mutation, so => options.Hours is { } hours ? so.Simulated.TotalHours >= hours : so.Seeds >= seeds);
        var elapsed = Stopwatch.GetElapsedTime(begin);
        Console.WriteLine(
            $"{found.Seeds} seeds from {options.From}: {found.Steps:N0} steps checked, {found.Simulated.TotalHours:N1} hours simulated in {elapsed.TotalSeconds:N1} s, {found.Failures.Length} broke a promise.");
        foreach (var (plan, outcome) in found.Failures)
            Console.WriteLine($"  ./run simulate --seed {plan.Seed}   {outcome.Broken}");
        foreach (var (plan, _) in found.Failures.DistinctBy(failure => failure.Outcome.Broken!.Promise).Take(MaxShown))
        {
            Console.WriteLine($"\nSeed {plan.Seed}:");
            Replay.Shortest(plan, options.Mutation);
        }

        var asked = options.Seeds ?? options.Hours;
        var (caught, all) = asked is null && options.Mutation == Mutation.None ? Mutate(options.From) : (0, 0);
        Figure.Publish(
            [
                new("simulate.seeds", found.Seeds, "seeds"),
                new("simulate.steps", found.Steps, "steps"),
                new("simulate.hours", Math.Round(found.Simulated.TotalHours, 1), "h"),
                new("simulate.hours_per_s", Math.Round(found.Simulated.TotalHours / elapsed.TotalSeconds, 2), "h/s"),
                new("simulate.failures", found.Failures.Length, "seeds"),
                .. all == 0 ? Array.Empty<Figure>() : [new("simulate.mutations", all, "mutations"), new("simulate.mutations_caught", caught, "mutations")],
            ],
            Repository.Root,
            "simulate");
        return found.Failures.IsEmpty && caught == all ? 0 : 1;
    }

    private static (int Caught, int All) Mutate(ulong from)
    {
        Console.WriteLine($"\n{"mutation",-38} {"seeds",6}  broken promise");
        var caught = 0;
        foreach (var mutation in AllMutations.List)
        {
            var found = Search.From(from, mutation, so => so.Seeds >= MaxSeedsPerMutation || !so.Failures.IsEmpty);
            caught += found.Failures.IsEmpty ? 0 : 1;
            Console.WriteLine(found.Failures is [var (plan, outcome), ..] ? $"{mutation.Name,-38} {plan.Seed - from + 1,6}  {outcome.Broken}" : $"{mutation.Name,-38} {"never",6}  in {found.Seeds} seeds");
        }

        return (caught, AllMutations.List.Length);
    }
}
