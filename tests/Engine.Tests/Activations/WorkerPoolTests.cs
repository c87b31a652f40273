using CustomerService.Conformance;
using CustomerService.Conformance.StatelessWorkers;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.TestingHost;

namespace CustomerService.EngineTests.Activations;

public interface IStayingWorkerGrain : IGrainWithIntegerKey
{
    Task<int> WorkAsync(string gate);
}

[StatelessWorker(4, removeIdleWorkers: false)]
public sealed class StayingWorkerGrain : Grain, IStayingWorkerGrain
{
    public async Task<int> WorkAsync(string gate)
    {
        await Gate.Of(gate).PassAsync();
        return 0;
    }
}

public sealed class WorkerPoolTests
{
    private readonly string _key = Keys.New();
    private readonly ManualClock _clock = new();

    [Fact]
    public async Task Idle_workers_leave_at_the_second_look_but_for_one_unless_the_class_keeps_them()
    {
        await using var cluster = await TestCluster.StartAsync(silo => silo.Services.AddSingleton<TimeProvider>(_clock));
        var (leaving, staying) = (cluster.Client.GetGrain<IWorkerGrain>(1), cluster.Client.GetGrain<IStayingWorkerGrain>(1));
        var workers = await AllAtOnceAsync("first", leaving.WorkAsync);
        await AllAtOnceAsync("others", staying.WorkAsync);

        _clock.Advance(TimeSpan.FromMilliseconds(500));
        Assert.Equal(workers.Order(), (await AllAtOnceAsync("second", leaving.WorkAsync)).Order());

        // Looking and leaving happen on threads of their own, so it takes a moment after the clock was moved.
        var management = cluster.Client.GetGrain<IManagementGrain>(0);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var look = 0; look < 500 && await CountAsync<WorkerGrain>() > 1; look++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(1, await CountAsync<WorkerGrain>());
        Assert.Equal(4, await CountAsync<StayingWorkerGrain>());
        Assert.Equal(3, workers.Count(worker => WorkerGrain.Left(worker).Arrived.IsCompletedSuccessfully));

        async Task<int> CountAsync<TGrain>() =>
            (await management.GetSimpleGrainStatistics()).Single(one => one.GrainType.StartsWith(typeof(TGrain).FullName + ",", StringComparison.Ordinal)).ActivationCount;
    }

    private async Task<int[]> AllAtOnceAsync(string name, Func<string, Task<int>> work)
    {
        string[] gates = [.. Enumerable.Range(0, 4).Select(number => $"{_key}/{name}/{number}")];
        var calls = gates.Select(work).ToArray();
        await Task.WhenAll(gates.Select(gate => Gate.Of(gate).Arrived));
        foreach (var gate in gates)
            Gate.Of(gate).Open();
        return await Task.WhenAll(calls);
    }
}
