using Orleans.TestingHost;

namespace CustomerService.Conformance.Activations;

public sealed class RestlessTests(ClusterFixture fixture)
{
    private const int Callers = 8;
    private const int Calls = 600;

    [Fact]
    public async Task However_often_a_grain_leaves_no_call_is_lost_none_runs_twice_and_every_caller_keeps_its_order()
    {
        var key = Keys.New();

        await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => CallAsync(caller))));

        foreach (var caller in RestlessGrain.Taken(key).GroupBy(taken => taken.Caller))
            Assert.Equal(Enumerable.Range(0, Calls), caller.Select(taken => taken.Number));
        Assert.Equal(Callers * Calls, RestlessGrain.Taken(key).Count());

        async Task CallAsync(int caller)
        {
            for (var number = 0; number < Calls; number++)
                await TakeAsync(caller, number);
        }

        // A call that was forwarded too often is refused: then it has not run, and may be made again.
        async Task TakeAsync(int caller, int number)
        {
            for (var attempt = 1; ; attempt++)
            {
                try
                {
                    await fixture.Grains.GetGrain<IRestlessGrain>(key).TakeAsync(caller, number);
                    return;
                }
                catch (OrleansMessageRejectionException) when (attempt < 10)
                {
                }
            }
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
