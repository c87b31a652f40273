using System.Collections.Concurrent;
using System.Diagnostics;
using CustomerService.Conformance.Filters;
using Orleans.Diagnostics;
using Orleans.Hosting;

namespace CustomerService.Conformance.Telemetry;

public sealed class TraceTests
{
    private readonly string _key = Keys.New();
    private readonly ConcurrentQueue<Activity> _stopped = [];

    [Fact]
    public async Task A_call_is_a_span_at_its_caller_and_one_below_it_at_the_grain()
    {
        using var listener = Listen();
        await using var cluster = await Clusters.StartAsync(silo => silo.AddActivityPropagation(), client => client.AddActivityPropagation());

        await cluster.Client.GetGrain<IFilteredGrain>(_key).EchoAsync("x");

        var spans = Spans($"{nameof(IFilteredGrain)}/{nameof(IFilteredGrain.EchoAsync)}");
        var client = Assert.Single(spans, span => span.Kind == ActivityKind.Client);
        var server = Assert.Single(spans, span => span.Kind == ActivityKind.Server);
        Assert.Equal(ActivitySources.ApplicationGrainActivitySourceName, server.Source.Name);
        Assert.Equal(client.SpanId, server.ParentSpanId);
        Assert.Equal("orleans", server.GetTagItem("rpc.system.name") ?? server.GetTagItem("rpc.system"));
        Assert.EndsWith(nameof(IFilteredGrain.EchoAsync), (string)server.GetTagItem("rpc.method")!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_call_that_fails_marks_its_spans()
    {
        using var listener = Listen();
        await using var cluster = await Clusters.StartAsync(silo => silo.AddActivityPropagation(), client => client.AddActivityPropagation());

        await Assert.ThrowsAsync<InvalidOperationException>(() => cluster.Client.GetGrain<IFilteredGrain>(_key).EchoAsync("fail"));

        Assert.All(Spans($"{nameof(IFilteredGrain)}/{nameof(IFilteredGrain.EchoAsync)}"), span =>
        {
            Assert.Equal(ActivityStatusCode.Error, span.Status);
            Assert.Equal(typeof(InvalidOperationException).FullName, span.GetTagItem("exception.type"));
        });
    }

    [Fact]
    public async Task Calls_of_the_engines_own_grains_have_a_source_of_their_own()
    {
        using var listener = Listen();
        await using var cluster = await Clusters.StartAsync(silo => silo.AddActivityPropagation(), client => client.AddActivityPropagation());

        await cluster.Client.GetGrain<IManagementGrain>(0).GetTotalActivationCount();

        Assert.Contains(_stopped, span => span.Source.Name == ActivitySources.RuntimeActivitySourceName && span.OperationName.StartsWith(nameof(IManagementGrain), StringComparison.Ordinal));
    }

    private ActivityListener Listen()
    {
        var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("Microsoft.Orleans.", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = _stopped.Enqueue,
        };
        ActivitySource.AddActivityListener(listener);
        return listener;
    }

    // Tags changed their names within Orleans 10: the newer first.
    private Activity[] Spans(string name) => [.. _stopped.Where(span => span.OperationName == name && TargetOf(span)?.EndsWith(_key, StringComparison.Ordinal) == true)];

    private static string? TargetOf(Activity span) => (string?)(span.GetTagItem("orleans.rpc.target_id") ?? span.GetTagItem("rpc.orleans.target_id"));
}
