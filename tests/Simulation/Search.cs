using CustomerService.Simulation.Mutations;
using CustomerService.Simulation.Workload;

namespace CustomerService.Simulation;

/// <summary>What came of many seeds.</summary>
/// <param name="Seeds">How many were played.</param>
/// <param name="Steps">Steps of all of them.</param>
/// <param name="Simulated">Virtual time of all of them.</param>
/// <param name="Failures">The plans that broke a promise, in order of their seeds.</param>
internal sealed record Found(int Seeds, long Steps, TimeSpan Simulated, ImmutableArray<(Plan Plan, Outcome Outcome)> Failures);

/// <summary>Plays seed after seed, and makes a failure small.</summary>
internal static class Search
{
    /// <param name="first">The first seed.</param>
    /// <param name="mutation">The defect to play with.</param>
    /// <param name="isEnough">Asked after every seed.</param>
    public static Found From(ulong first, Mutation mutation, Func<Found, bool> isEnough)
    {
        var found = new Found(0, 0, TimeSpan.Zero, []);
        var gate = new Lock();
        var begun = 0;
        var workers = Enumerable.Range(0, Environment.ProcessorCount).Select(_ => new Thread(Work)).ToList();
        workers.ForEach(worker => worker.Start());
        workers.ForEach(worker => worker.Join());
        return found with { Failures = [.. found.Failures.OrderBy(failure => failure.Plan.Seed)] };

        void Work()
        {
            while (true)
            {
                Plan plan;
                lock (gate)
                {
                    // What others are still playing counts already.
                    if (isEnough(found with { Seeds = begun }))
                        return;
                    plan = Plan.Of(first + (ulong)begun++);
                }

                var outcome = Run.Of(plan, mutation);
                lock (gate)
                {
                    found = new(
                        found.Seeds + 1, found.Steps + outcome.Steps, found.Simulated + outcome.Simulated, outcome.Broken is null ? found.Failures : found.Failures.Add((plan, outcome)));
                }
            }
        }
    }

    /// <summary>Leaves out whatever the failure does not need: halves first, single acts and faults last.</summary>
    /// <returns>A plan that breaks the same promise, and from which nothing more can be left out.</returns>
    public static Plan Shrink(Plan plan, Mutation mutation, int maxRuns = 400)
    {
        var promise = Run.Of(plan, mutation).Broken?.Promise;
        for (var size = (plan.Acts.Length + plan.Faults.Length + 1) / 2; size > 0; size /= 2)
        {
            for (var at = 0; at < plan.Acts.Length + plan.Faults.Length;)
            {
                var smaller = Without(plan, at, size);
                if (maxRuns-- <= 0)
                    return plan;
                if (Run.Of(smaller, mutation).Broken?.Promise == promise)
                    plan = smaller;
                else
                    at += size;
            }
        }

        return plan;
    }

    private static Plan Without(Plan plan, int at, int size)
    {
        bool Stays(int index) => index < at || index >= at + size;
        var acts = plan.Acts.Where((_, index) => Stays(index)).ToImmutableArray();
        var faults = plan.Faults.Where((_, index) => Stays(index + plan.Acts.Length)).ToImmutableArray();
        var ends = acts.Select(act => act.At).Concat(faults.Select(fault => fault.At + fault.For)).DefaultIfEmpty().Max();
        return plan with { Acts = acts, Faults = faults, Length = ends + TimeSpan.FromSeconds(5) < plan.Length ? ends + TimeSpan.FromSeconds(5) : plan.Length };
    }
}
