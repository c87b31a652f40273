using CustomerService.Conformance.CallChains;

namespace CustomerService.Conformance.RequestContexts;

public sealed class RequestContextTests(ClusterFixture fixture) : IDisposable
{
    private readonly string _key = Keys.New();

    public void Dispose() => RequestContext.Clear();

    [Fact]
    public async Task A_call_carries_what_was_set_when_it_was_made_and_not_what_is_set_while_it_waits()
    {
        var grain = fixture.Grains.GetGrain<IChainGrain>(_key);
        var blocker = grain.IsCancelledAsync(_key + "/gate");
        await Gate.Of(_key + "/gate").Arrived;
        RequestContext.Set("tenant", "acme");
        var read = grain.ReadContextAsync("tenant");

        RequestContext.Set("tenant", "other");
        Gate.Of(_key + "/gate").Open();

        Assert.Equal("acme", await read);
        await blocker;
    }

    [Fact]
    public void Values_can_be_listed_removed_and_cleared()
    {
        RequestContext.Set("a", 1);
        RequestContext.Set("b", 2);

        Assert.Equal(["a", "b"], RequestContext.Keys.Order(StringComparer.Ordinal));
        Assert.True(RequestContext.Remove("a"));
        Assert.False(RequestContext.Remove("a"));
        Assert.Equal(2, RequestContext.Get("b"));
        RequestContext.Clear();
        Assert.Empty(RequestContext.Keys);
    }

    [Fact]
    public async Task Values_of_one_call_do_not_leak_into_the_next()
    {
        var grain = fixture.Grains.GetGrain<IChainGrain>(_key);
        var blocker = grain.IsCancelledAsync(_key + "/gate");
        await Gate.Of(_key + "/gate").Arrived;
        var (set, read) = (grain.SetContextAsync("tenant", "acme"), grain.ReadContextAsync("tenant"));
        Gate.Of(_key + "/gate").Open();

        await Task.WhenAll(blocker, set);
        Assert.Null(await read);
    }
}
