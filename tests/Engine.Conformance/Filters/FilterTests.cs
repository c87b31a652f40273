using System.Collections.Concurrent;
using Orleans.Hosting;
using Orleans.TestingHost;

namespace CustomerService.Conformance.Filters;

public interface IFilteredGrain : IGrainWithStringKey
{
    Task<string> EchoAsync(string text);

    Task DoAsync();

    Task<string?> WhoseAsync();

    Task<string?> AskWhoseAsync(string other);

    /// <summary>Every other call fails.</summary>
    Task<string> FailFirstAsync(bool invalid);
}

public sealed class FilteredGrain : Grain, IFilteredGrain, IIncomingGrainCallFilter
{
    private int _calls;

    public Task<string> EchoAsync(string text) => text == "fail" ? throw new InvalidOperationException("Told to.") : Task.FromResult($"echo({text})");

    public Task DoAsync() => Task.CompletedTask;

    public Task<string?> WhoseAsync() => Task.FromResult(RequestContext.Get("caller") as string);

    public Task<string?> AskWhoseAsync(string other) => GrainFactory.GetGrain<IFilteredGrain>(other).WhoseAsync();

    public Task<string> FailFirstAsync(bool invalid) => ++_calls % 2 == 0
        ? Task.FromResult($"call {_calls}")
        : throw (invalid ? new InvalidOperationException("Odd.") : new NotSupportedException("Odd."));

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (context.Result is string text && !context.MethodName.Contains("Whose", StringComparison.Ordinal))
            context.Result = $"own({text})";
    }
}

public sealed class FilterTests
{
    private readonly string _key = Keys.New();

    [Fact]
    public async Task Filters_wrap_the_call_in_the_order_of_their_registration_the_grain_itself_innermost()
    {
        await using var cluster = await Clusters.StartAsync(
            silo => silo.AddIncomingGrainCallFilter(context => Wrap("first", context)).AddIncomingGrainCallFilter(context => Wrap("second", context)),
            client => client.AddOutgoingGrainCallFilter(context => Wrap("out", context)));

        Assert.Equal("out(first(second(own(echo(x)))))", await cluster.Client.GetGrain<IFilteredGrain>(_key).EchoAsync("x"));
        await cluster.Client.GetGrain<IFilteredGrain>(_key).DoAsync();
    }

    [Fact]
    public async Task A_filter_sees_and_changes_arguments_skips_the_call_or_translates_what_it_throws()
    {
        await using var cluster = await Clusters.StartAsync(silo => silo.AddIncomingGrainCallFilter(Translate));
        var grain = cluster.Client.GetGrain<IFilteredGrain>(_key);

        Assert.Equal("own(echo(CHANGED))", await grain.EchoAsync("change"));
        Assert.Equal("skipped", await grain.EchoAsync("skip"));
        await Assert.ThrowsAsync<InvalidCastException>(() => grain.EchoAsync("answer with a number"));
        await Assert.ThrowsAsync<NotSupportedException>(() => grain.EchoAsync("fail"));
    }

    [Fact]
    public async Task A_filter_knows_grain_and_method()
    {
        var seen = new ConcurrentQueue<string>();
        await using var cluster = await Clusters.StartAsync(silo => silo.AddIncomingGrainCallFilter(context =>
        {
            if (context.Grain is FilteredGrain)
                seen.Enqueue($"{context.TargetId.Key} {context.InterfaceMethod.Name} {context.ImplementationMethod.DeclaringType!.Name} {context.Grain.GetType().Name}");
            return context.Invoke();
        }));

        await cluster.Client.GetGrain<IFilteredGrain>(_key).DoAsync();

        Assert.Equal([$"{_key} DoAsync FilteredGrain FilteredGrain"], seen);
    }

    [Fact]
    public async Task An_outgoing_filter_runs_at_the_caller_and_may_set_what_the_call_carries()
    {
        await using var cluster = await Clusters.StartAsync(silo => silo.AddOutgoingGrainCallFilter(context =>
        {
            if (context.SourceContext is { } source && context.InterfaceMethod.Name == nameof(IFilteredGrain.WhoseAsync))
                RequestContext.Set("caller", source.GrainId.Key.ToString());
            return context.Invoke();
        }));

        Assert.Equal(_key, await cluster.Client.GetGrain<IFilteredGrain>(_key).AskWhoseAsync(_key + "/other"));
    }

    [Fact]
    public async Task A_filter_may_try_again()
    {
        await using var cluster = await Clusters.StartAsync(
            silo => silo.AddIncomingGrainCallFilter(context => Retry<InvalidOperationException>(context)),
            client => client.AddOutgoingGrainCallFilter(context => Retry<NotSupportedException>(context)));
        var grain = cluster.Client.GetGrain<IFilteredGrain>(_key);

        Assert.Equal("own(call 2)", await grain.FailFirstAsync(invalid: true));
        Assert.Equal("own(call 4)", await grain.FailFirstAsync(invalid: false));
    }

    [Fact]
    public async Task What_a_filter_throws_reaches_the_caller_and_the_call_is_not_made()
    {
        await using var cluster = await Clusters.StartAsync(silo => silo.AddIncomingGrainCallFilter(context =>
            context.Grain is FilteredGrain ? throw new UnauthorizedAccessException("No.") : context.Invoke()));

        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => cluster.Client.GetGrain<IFilteredGrain>(_key).EchoAsync("x"));
    }

    [Fact]
    public async Task Filters_see_calls_of_the_engines_own_grains_too()
    {
        var seen = new ConcurrentQueue<string>();
        await using var cluster = await Clusters.StartAsync(silo => silo.AddIncomingGrainCallFilter(context =>
        {
            seen.Enqueue(context.InterfaceMethod.DeclaringType!.Name);
            return context.Invoke();
        }));

        await cluster.Client.GetGrain<IManagementGrain>(0).GetTotalActivationCount();

        Assert.Contains(nameof(IManagementGrain), seen);
    }

    private static async Task Retry<TException>(IGrainCallContext context) where TException : Exception
    {
        try
        {
            await context.Invoke();
        }
        catch (TException)
        {
            await context.Invoke();
        }
    }

    private static async Task Wrap(string name, IGrainCallContext context)
    {
        await context.Invoke();
        if (context.Result is string text)
            context.Result = $"{name}({text})";
    }

    private static async Task Translate(IIncomingGrainCallContext context)
    {
        var argument = context.Request.GetArgumentCount() > 0 ? context.Request.GetArgument(0) : null;
        if (argument is "skip" or "answer with a number")
        {
            context.Result = argument is "skip" ? "skipped" : 1;
            return;
        }

        if (argument is "change")
            context.Request.SetArgument(0, "CHANGED");
        try
        {
            await context.Invoke();
        }
        catch (InvalidOperationException exception)
        {
            throw new NotSupportedException("Translated.", exception);
        }
    }
}
