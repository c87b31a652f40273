namespace CustomerService.Conformance.StatelessWorkers;

public sealed class WorkerTests(ClusterFixture fixture)
{
    private readonly string _key = Keys.New();
    private readonly IWorkerGrain _worker = fixture.Grains.GetGrain<IWorkerGrain>(Random.Shared.NextInt64());

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
        var calls = Enumerable.Range(0, 4).Select(number => _worker.WorkAsync($"{_key}/{number}")).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(number => Gate.Of($"{_key}/{number}").Arrived));
        foreach (var number in Enumerable.Range(0, 4))
            Gate.Of($"{_key}/{number}").Open();
        var workers = (await Task.WhenAll(calls)).ToHashSet();

        await await Task.WhenAny(workers.Select(worker => WorkerGrain.Left(worker).Arrived));
        var last = await _worker.WhoAsync();

        Assert.False(WorkerGrain.Left(last).Arrived.IsCompleted);
    }

    [Fact]
    public async Task Calls_one_after_another_need_one_worker()
    {
        var numbers = new HashSet<int>();
        for (var call = 0; call < 2000; call++)
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
