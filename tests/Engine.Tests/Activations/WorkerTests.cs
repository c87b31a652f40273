using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace CustomerService.EngineTests.Activations;

public sealed class WorkerTests(EngineFixture engine)
{
    private readonly string _key = EngineFixture.NewKey();
    private readonly IWorkerGrain _worker = engine.Grains.GetGrain<IWorkerGrain>(Random.Shared.NextInt64());

    [Fact]
    public async Task Workers_grow_to_their_limit_when_all_are_busy_and_no_further()
    {
        var calls = Enumerable.Range(0, 12).Select(number => _worker.WorkAsync($"{_key}/{number}")).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Gate.Of($"{_key}/{number}").Arrived));
        Assert.False(Gate.Of($"{_key}/4").Arrived.IsCompleted);

        foreach (var number in Enumerable.Range(0, 12))
            Gate.Of($"{_key}/{number}").Open();

        Assert.Equal(4, (await Task.WhenAll(calls)).Distinct().Count());
    }

    [Fact]
    public async Task Workers_that_are_not_needed_any_more_leave_but_for_one()
    {
        var clock = new ManualClock();
        await using var cluster = await TestCluster.StartAsync(silo => silo.Services.AddSingleton<TimeProvider>(clock));
        var worker = cluster.Client.GetGrain<IWorkerGrain>(1);
        var calls = Enumerable.Range(0, 4).Select(number => worker.WorkAsync($"{_key}/{number}")).ToArray();
        foreach (var number in Enumerable.Range(0, 4))
            Gate.Of($"{_key}/{number}").Open();
        await Task.WhenAll(calls);
        var management = cluster.Client.GetGrain<IManagementGrain>(0);
        Assert.True(await CountAsync() > 1);

        clock.Advance(TimeSpan.FromSeconds(2));

        while (await CountAsync() > 1)
            await Task.Yield();
        await worker.WhoAsync();
        Assert.Equal(1, await CountAsync());

        async Task<int> CountAsync() => (await management.GetSimpleGrainStatistics()).Single(one => one.GrainType == typeof(WorkerGrain).FullName).ActivationCount;
    }

    [Fact]
    public async Task Calls_one_after_another_need_one_worker()
    {
        var numbers = new HashSet<int>();
        for (var call = 0; call < 50; call++)
            numbers.Add(await _worker.WhoAsync());

        Assert.Single(numbers);
    }

    [Fact]
    public async Task A_free_worker_takes_the_call_while_another_is_busy()
    {
        var busy = _worker.WorkAsync(_key + "/busy");
        await Gate.Of(_key + "/busy").Arrived;

        var free = await _worker.WhoAsync();

        Gate.Of(_key + "/busy").Open();
        Assert.NotEqual(free, await busy);
    }
}
