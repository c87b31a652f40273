using Orleans.TestingHost;

namespace CustomerService.Conformance.Activations;

public sealed class RestlessTests(ClusterFixture fixture)
{
    private const int Callers = 8;
    private const int Calls = 3_000;

    [Fact]
    public async Task However_often_a_grain_leaves_no_call_is_lost_none_runs_twice_and_every_caller_keeps_its_order()
    {
        var key = Keys.New();

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(caller))));

        foreach (var caller in RestlessGrain.Taken(key).GroupBy(taken => taken.Caller))
            Assert.Equal(Enumerable.Range(0, Calls), caller.Select(taken => taken.Number));
        Assert.Equal(Callers * Calls, RestlessGrain.Taken(key).Count());

        // Every caller keeps a window of calls on the way, through a reference it made once and through fresh ones.
        async Task CallAsync(int caller)
        {
            var kept = fixture.Grains.GetGrain<IRestlessGrain>(key);
            var window = new Queue<Task>();
            for (var number = 0; number < Calls; number++)
            {
                window.Enqueue((number % 2 == 0 ? kept : fixture.Grains.GetGrain<IRestlessGrain>(key)).TakeAsync(caller, number));
                if (window.Count > 20)
                    await window.Dequeue();
            }

            await Task.WhenAll(window);
        }
    }

    [Fact]
    public async Task Stopping_in_the_middle_of_calls_answers_every_one_of_them()
    {
        var cluster = await Clusters.StartAsync();
        var key = Keys.New();
        var calls = Enumerable.Range(0, 2_000).Select(number => cluster.Client.GetGrain<IRestlessGrain>($"{key}/{number % 50}").TakeAsync(0, number)).ToArray();

        await cluster.StopAllSilosAsync();

        await Task.WhenAll(calls).WaitAsync(TimeSpan.FromSeconds(20)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        Assert.All(calls, call => Assert.True(call.IsCompletedSuccessfully || call.Exception?.InnerException is OrleansMessageRejectionException));
        await cluster.DisposeAsync();
    }
}
