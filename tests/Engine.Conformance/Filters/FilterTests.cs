using Orleans.Hosting;
using Orleans.TestingHost;

namespace CustomerService.Conformance.Filters;

public interface IFilteredGrain : IGrainWithStringKey
{
    Task<string> EchoAsync(string text);

    Task DoAsync();
}

public sealed class FilteredGrain : Grain, IFilteredGrain, IIncomingGrainCallFilter
{
    public Task<string> EchoAsync(string text) => text == "fail" ? throw new InvalidOperationException("Told to.") : Task.FromResult($"echo({text})");

    public Task DoAsync() => Task.CompletedTask;

    public async Task Invoke(IIncomingGrainCallContext context)
    {
        await context.Invoke();
        if (context.Result is string text)
            context.Result = $"own({text})";
    }
}

public sealed class FilterTests
{
    private readonly string _key = Keys.New();

    [Fact]
    public async Task Filters_wrap_the_call_in_the_order_of_their_registration_the_grain_itself_innermost()
    {
        await using var cluster = await Clusters.StartAsync(silo => silo
            .AddIncomingGrainCallFilter(context => Wrap("first", context))
            .AddIncomingGrainCallFilter(context => Wrap("second", context))
            .AddOutgoingGrainCallFilter(context => Wrap("out", context)));

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
        await Assert.ThrowsAsync<NotSupportedException>(() => grain.EchoAsync("fail"));
    }

    [Fact]
    public async Task A_filter_knows_grain_and_method()
    {
        var seen = new List<string>();
        await using var cluster = await Clusters.StartAsync(silo => silo.AddIncomingGrainCallFilter(context =>
        {
            seen.Add($"{context.TargetId.Key} {context.InterfaceMethod.Name} {context.ImplementationMethod.DeclaringType!.Name} {context.Grain.GetType().Name}");
            return context.Invoke();
        }));

        await cluster.Client.GetGrain<IFilteredGrain>(_key).DoAsync();

        Assert.Equal([$"{_key} DoAsync FilteredGrain FilteredGrain"], seen);
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
        if (argument is "skip")
        {
            context.Result = "skipped";
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
