namespace CustomerService.Conformance.StatelessWorkers;

public sealed class WorkerTests(ClusterFixture fixture)
{
    private readonly string _key = Keys.New();
    private readonly IWorkerGrain _worker = fixture.Grains.GetGrain<IWorkerGrain>(Random.Shared.NextInt64());

    [Fact]
    public async Task Workers_grow_to_their_limit_when_all_are_busy_and_no_further()
    {
        var (calls, arrivals) = await KeepAllBusyAsync();
        Assert.Equal(4, arrivals.Count(arrived => arrived.IsCompleted));

        OpenAll();

        Assert.Equal(4, (await Task.WhenAll(calls)).Distinct().Count());
    }

    [Fact]
    public async Task Workers_that_are_not_needed_any_more_leave()
    {
        var (calls, _) = await KeepAllBusyAsync();

        // Orleans thinks of fewer workers only after it has seen calls wait: it looks every half second.
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(1200));
        await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        OpenAll();
        var workers = (await Task.WhenAll(calls)).ToHashSet();

        await await Task.WhenAny(workers.Select(worker => WorkerGrain.Left(worker).Arrived));
        await _worker.WhoAsync();
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

    // Twelve calls for four workers; which of them come first is the engine's choice.
    private async Task<(Task<int>[] Calls, Task[] Arrivals)> KeepAllBusyAsync()
    {
        Task[] arrivals = [.. Enumerable.Range(0, 12).Select(number => Gate.Of($"{_key}/{number}").Arrived)];
        var calls = Enumerable.Range(0, 12).Select(number => _worker.WorkAsync($"{_key}/{number}")).ToArray();
        await foreach (var arrived in Task.WhenEach(arrivals).Take(4))
            await arrived;
        return (calls, arrivals);
    }

    private void OpenAll()
    {
        foreach (var number in Enumerable.Range(0, 12))
            Gate.Of($"{_key}/{number}").Open();
    }
}
