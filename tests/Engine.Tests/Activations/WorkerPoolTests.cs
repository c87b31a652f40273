using CustomerService.Conformance;
using CustomerService.Conformance.StatelessWorkers;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.TestingHost;

namespace CustomerService.EngineTests.Activations;

public interface IStayingWorkerGrain : IGrainWithIntegerKey
{
    Task WorkAsync(string gate);
}

[StatelessWorker(4, removeIdleWorkers: false)]
public sealed class StayingWorkerGrain : Grain, IStayingWorkerGrain
{
    public Task WorkAsync(string gate) => Gate.Of(gate).PassAsync();
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
        Task<int>[] calls = [.. Enumerable.Range(0, 4).Select(number => leaving.WorkAsync($"{_key}/{number}"))];
        Task[] others = [.. Enumerable.Range(0, 4).Select(number => staying.WorkAsync($"{_key}/other/{number}"))];
        await Task.WhenAll(Enumerable.Range(0, 4).SelectMany(number => new[] { Gate.Of($"{_key}/{number}").Arrived, Gate.Of($"{_key}/other/{number}").Arrived }));
        foreach (var number in Enumerable.Range(0, 4))
        {
            Gate.Of($"{_key}/{number}").Open();
            Gate.Of($"{_key}/other/{number}").Open();
        }

        var workers = await Task.WhenAll(calls);
        await Task.WhenAll(others);

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
}
