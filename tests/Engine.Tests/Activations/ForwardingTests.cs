using CustomerService.Conformance;
using CustomerService.Conformance.Activations;
using CustomerService.Conformance.CallChains;
using CustomerService.Conformance.Concurrency;
using Orleans.TestingHost;

namespace CustomerService.EngineTests.Activations;

/// <summary>The order of calls that their caller does not await one by one, of which Orleans promises nothing.</summary>
public sealed class ForwardingTests
{
    private const int Callers = 8;
    private const int Calls = 3_000;

    [Fact]
    public async Task Calls_that_are_not_awaited_arrive_in_order()
    {
        await using var cluster = await TestCluster.StartAsync();
        var grain = cluster.Client.GetGrain<IInterleavingGrain>(Keys.New());

        await Task.WhenAll(Enumerable.Range(0, 2_000).Select(number => grain.PassAsync(number.ToString())));

        Assert.Equal(string.Join(' ', Enumerable.Range(0, 2_000)), await grain.LogAsync());
    }

    [Fact]
    public async Task A_call_cancelled_in_the_queue_never_runs_though_its_caller_waited_for_nobody()
    {
        await using var cluster = await TestCluster.StartAsync();
        var key = Keys.New();
        var grain = cluster.Client.GetGrain<IChainGrain>(key);
        var blocker = grain.IsCancelledAsync(key + "/block");
        await Gate.Of(key + "/block").Arrived;
        using var source = new CancellationTokenSource();
        var queued = grain.IsCancelledAsync(key + "/queued", source.Token);

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued);
        Gate.Of(key + "/block").Open();

        Assert.False(await blocker);
        await grain.AnswerAsync();
        Assert.False(Gate.Of(key + "/queued").Arrived.IsCompleted);
    }

    [Fact]
    public async Task However_often_a_grain_leaves_calls_that_were_sent_without_waiting_all_come_and_in_order()
    {
        await using var cluster = await TestCluster.StartAsync();
        var key = Keys.New();

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(caller))));

        foreach (var caller in RestlessGrain.Taken(key).GroupBy(taken => taken.Caller))
            Assert.Equal(Enumerable.Range(0, Calls), caller.Select(taken => taken.Number));
        Assert.Equal(Callers * Calls, RestlessGrain.Taken(key).Count());

        // Every caller keeps a window of calls on the way, through a reference it made once and through fresh ones.
        async Task CallAsync(int caller)
        {
            var kept = cluster.Client.GetGrain<IRestlessGrain>(key);
            var window = new Queue<Task>();
            for (var number = 0; number < Calls; number++)
            {
                window.Enqueue((number % 2 == 0 ? kept : cluster.Client.GetGrain<IRestlessGrain>(key)).TakeAsync(caller, number));
                if (window.Count > 20)
                    await window.Dequeue();
            }

            await Task.WhenAll(window);
        }
    }
}
