using CustomerService.Conformance;
using CustomerService.Conformance.AsyncEnumerables;
using Microsoft.Extensions.DependencyInjection;
using Orleans.TestingHost;

namespace CustomerService.EngineTests.AsyncEnumerables;

/// <summary>What needs a clock that only the test moves.</summary>
public sealed class AbandonedTests : IAsyncLifetime
{
    private readonly string _key = Keys.New();
    private readonly ManualClock _clock = new();
    private InProcessTestCluster? _cluster;

    private INumberGrain Grain => _cluster!.Client.GetGrain<INumberGrain>(_key);

    public async ValueTask InitializeAsync() => _cluster = await TestCluster.StartAsync(silo => silo.Services.AddSingleton<TimeProvider>(_clock));

    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();

    [Fact(Timeout = 30_000)]
    public async Task An_enumeration_nobody_asks_for_a_response_timeout_long_is_ended()
    {
        var numbers = Grain.CountAsync(int.MaxValue, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        for (var number = 0; number < 100; number++)
            await numbers.MoveNextAsync();

        while (!NumberGrain.End(_key).IsCompleted)
            await TickAsync();

        await Assert.ThrowsAsync<EnumerationAbortedException>(async () => await numbers.MoveNextAsync());
    }

    [Fact(Timeout = 30_000)]
    public async Task A_grain_that_leaves_does_not_wait_for_the_next_element()
    {
        await using var numbers = Grain.WaitAsync(_key, TestContext.Current.CancellationToken).GetAsyncEnumerator(TestContext.Current.CancellationToken);
        await numbers.MoveNextAsync();
        var next = numbers.MoveNextAsync().AsTask();
        await Gate.Of(_key).Arrived;

        await Grain.LeaveAsync();

        await Assert.ThrowsAsync<EnumerationAbortedException>(() => next);
    }

    /// <summary>A second later, when the grain has done what fell due.</summary>
    private async Task TickAsync()
    {
        _clock.Advance(TimeSpan.FromSeconds(1));
        await Grain.PingAsync();
    }
}
