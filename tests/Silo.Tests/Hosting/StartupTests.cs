using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CustomerService.Hosting;

public sealed class StartupTests
{
    [Fact]
    public async Task Told_to_stop_while_it_starts_the_host_ends_in_order()
    {
        var builder = WebApplication.CreateSlimBuilder(["--Urls=http://127.0.0.1:0"]);
        builder.Services.AddHostedService<StopsEarly>();

        Assert.Equal(0, await Startup.RunAsync(builder, _ => { }));
    }

    [Theory, InlineData("Count=many"), InlineData("Span=soon")]
    public async Task A_value_that_is_none_of_its_kind_is_a_wrong_setting(string setting)
    {
        var builder = WebApplication.CreateSlimBuilder(["--Urls=http://127.0.0.1:0", $"--Sizes:{setting}"]);
        builder.Services.AddOptions<Sizes>().BindConfiguration("Sizes").ValidateOnStart();

        Assert.Equal(2, await Startup.RunAsync(builder, _ => { }));
    }

    private sealed record Sizes
    {
        public int Count { get; init; }

        public TimeSpan Span { get; init; }
    }

    /// <summary>The signal comes while it still has something to start.</summary>
    private sealed class StopsEarly(IHostApplicationLifetime lifetime) : IHostedLifecycleService
    {
        public Task StartedAsync(CancellationToken cancellationToken)
        {
            lifetime.StopApplication();
            return Task.Delay(Timeout.Infinite, cancellationToken);
        }

        public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
