namespace CustomerService.Conformance.CallChains;

/// <summary>Where a call chain may come back to a grain that waits for it.</summary>
public sealed class ScopeTests(ClusterFixture fixture)
{
    private readonly string _key = Keys.New();

    private IScopeGrain Grain => fixture.Grains.GetGrain<IScopeGrain>(_key);

    private IScopeGrain Other => fixture.Grains.GetGrain<IScopeGrain>(_key + "/other");

    [Theory, InlineData("allow"), InlineData("allow suppress end"), InlineData("suppress allow")]
    public async Task A_chain_may_come_back_inside_a_scope_that_allows_it(string scopes) =>
        Assert.Equal("here", await Grain.AskAsync(Other, scopes, patiently: true));

    [Theory, InlineData("suppress"), InlineData("allow end"), InlineData("allow suppress")]
    public async Task A_chain_that_comes_back_outside_of_such_a_scope_ends_in_a_timeout_and_not_in_a_hang(string scopes) =>
        await Assert.ThrowsAsync<TimeoutException>(() => Grain.AskAsync(Other, scopes, patiently: false));

    [Fact]
    public async Task A_scope_lets_its_own_chain_in_and_nobody_else()
    {
        var asking = Grain.AskWhileWaitingAsync(Other, _key + "/gate");
        await Gate.Of(_key + "/gate").Arrived;

        await Assert.ThrowsAsync<TimeoutException>(() => Grain.AnswerSoonAsync());

        Gate.Of(_key + "/gate").Open();
        Assert.Equal("done", await asking);
    }
}
