using CustomerService.Simulation.Mutations;
using CustomerService.Simulation.Workload;

namespace CustomerService.Simulation;

public class SimulationTests
{
    private const int FixedSeeds = 30;

    public static TheoryData<string> Mutations => [.. AllMutations.List.Select(mutation => mutation.Name)];

    [Fact]
    public void The_product_keeps_its_promises_on_a_fixed_set_of_seeds()
    {
        var found = Search.From(1, Mutation.None, so => so.Seeds >= FixedSeeds);

        Assert.Empty(found.Failures.Select(failure => $"./run simulate --seed {failure.Plan.Seed}: {failure.Outcome.Broken}"));
        Assert.True(found.Steps > 100_000);
    }

    // Each of these seeds once broke a promise; CHANGELOG and docs/simulation.md tell which.
    [Theory, InlineData(1), InlineData(6), InlineData(1138), InlineData(1212), InlineData(1269), InlineData(1343)]
    public void Seeds_that_found_a_defect_find_none_any_more(ulong seed) => Assert.Null(Run.Of(Plan.Of(seed)).Broken);

    [Theory, InlineData(2), InlineData(23)]
    public void A_seed_replays_exactly(ulong seed)
    {
        var (first, again) = (Run.Of(Plan.Of(seed)), Run.Of(Plan.Of(seed)));

        Assert.Equal((first.Trace, first.Steps, first.Simulated), (again.Trace, again.Steps, again.Simulated));
        Assert.NotEqual(first.Trace, Run.Of(Plan.Of(seed) with { Seed = seed + 1 }).Trace);
    }

    [Theory, MemberData(nameof(Mutations))]
    public void A_defect_put_in_is_noticed(string name)
    {
        var mutation = AllMutations.List.Single(mutation => mutation.Name == name);

        var found = Search.From(1, mutation, so => so.Seeds >= Explore.MaxSeedsPerMutation || !so.Failures.IsEmpty);

        Assert.NotEmpty(found.Failures);
    }

    [Fact]
    public void A_failure_is_made_small_and_stays_the_same_failure()
    {
        var mutation = AllMutations.List.Single(mutation => mutation.Name == "two baton holders");
        var (plan, outcome) = Search.From(1, mutation, so => !so.Failures.IsEmpty || so.Seeds >= Explore.MaxSeedsPerMutation).Failures[0];

        var shortest = Search.Shrink(plan, mutation);

        Assert.Equal(outcome.Broken!.Promise, Run.Of(shortest, mutation).Broken?.Promise);
        Assert.InRange(shortest.Acts.Length, 1, 4);
        Assert.Empty(shortest.Faults);
    }
}
