using CustomerService.Conformance.CallChains;
using Orleans.Configuration;
using Orleans.Hosting;

namespace CustomerService.Conformance.Cancellation;

/// <summary>What the options say of timeouts and cancellation.</summary>
public sealed class CancellationTests
{
    private readonly string _key = Keys.New();

    [Fact]
    public async Task The_response_timeout_of_the_options_holds_for_methods_that_name_none()
    {
        await using var cluster = await Clusters.StartAsync(
            silo => silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMilliseconds(300)),
            client => client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromMilliseconds(300)));
        var grain = cluster.Client.GetGrain<IChainGrain>(_key);

        var late = await Assert.ThrowsAsync<TimeoutException>(() => grain.IsCancelledAsync(_key + "/gate"));

        Assert.Contains("00:00:00.3", late.Message, StringComparison.Ordinal);
        Gate.Of(_key + "/gate").Open();
    }

    [Fact]
    public async Task A_timeout_cancels_the_running_call_where_the_options_say_so()
    {
        await using var cluster = await Clusters.StartAsync(
            silo => silo.Configure<SiloMessagingOptions>(Configure), client => client.Configure<ClientMessagingOptions>(Configure));
        using var source = new CancellationTokenSource();

        await Assert.ThrowsAsync<TimeoutException>(() => cluster.Client.GetGrain<IChainGrain>(_key).IsCancelledAsync(_key + "/gate", source.Token));

        await Gate.Of(_key + "/gate/cancelled").Arrived;

        static void Configure(MessagingOptions options)
        {
            options.ResponseTimeout = TimeSpan.FromMilliseconds(500);
            options.CancelRequestOnTimeout = true;
        }
    }

    [Fact]
    public async Task A_queued_call_whose_cancellation_has_arrived_never_runs()
    {
        await using var cluster = await Clusters.StartAsync(
            silo => silo.Configure<SiloMessagingOptions>(Configure), client => client.Configure<ClientMessagingOptions>(Configure));
        var grain = cluster.Client.GetGrain<IChainGrain>(_key);
        var blocker = grain.IsCancelledAsync(_key + "/block");
        await Gate.Of(_key + "/block").Arrived;
        using var source = new CancellationTokenSource();
        var queued = grain.IsCancelledAsync(_key + "/queued", source.Token);

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued);
        Gate.Of(_key + "/block").Open();

        Assert.False(await blocker);
        await grain.AnswerAsync();
        Assert.False(Gate.Of(_key + "/queued").Arrived.IsCompleted);

        // The caller is not let go before the callee knows.
        static void Configure(MessagingOptions options) => options.WaitForCancellationAcknowledgement = true;
    }

    [Fact]
    public async Task A_cancelled_caller_waits_for_the_callee_where_the_options_say_so()
    {
        await using var cluster = await Clusters.StartAsync(
            silo => silo.Configure<SiloMessagingOptions>(Configure), client => client.Configure<ClientMessagingOptions>(Configure));
        using var source = new CancellationTokenSource();
        var call = cluster.Client.GetGrain<IChainGrain>(_key).IsCancelledAsync(_key + "/gate", source.Token);
        await Gate.Of(_key + "/gate").Arrived;

        await source.CancelAsync();

        Assert.True(await call);

        static void Configure(MessagingOptions options) => options.WaitForCancellationAcknowledgement = true;
    }
}
