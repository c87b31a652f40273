namespace CustomerService.Conformance.Concurrency;

public sealed class InterleavingTests(ClusterFixture fixture)
{
    private readonly string _key = Keys.New();

    [Fact]
    public async Task A_call_waits_until_the_one_before_has_ended_though_that_only_awaits()
    {
        var grain = fixture.Grains.GetGrain<IInterleavingGrain>(_key, typeof(InterleavingGrain).FullName);
        var first = grain.WaitAsync(_key + "/a");
        await Gate.Of(_key + "/a").Arrived;

        var second = grain.PassAsync("b");
        Assert.Equal("+a", await grain.LogAsync());
        Gate.Of(_key + "/a").Open();
        await Task.WhenAll(first, second);

        Assert.Equal("+a -a b", await grain.LogAsync());
    }

    [Fact]
    public async Task A_method_marked_always_interleave_enters_a_busy_grain_and_overtakes_who_waits()
    {
        var grain = fixture.Grains.GetGrain<IInterleavingGrain>(_key, typeof(InterleavingGrain).FullName);
        var first = grain.WaitAsync(_key + "/a");
        await Gate.Of(_key + "/a").Arrived;
        var waiting = grain.PassAsync("b");

        await grain.InterleaveAsync("c");
        Gate.Of(_key + "/a").Open();
        await Task.WhenAll(first, waiting);

        Assert.Equal("+a c -a b", await grain.LogAsync());
    }

    [Fact]
    public async Task Read_only_calls_run_beside_each_other_but_never_beside_a_write()
    {
        var grain = fixture.Grains.GetGrain<IInterleavingGrain>(_key, typeof(InterleavingGrain).FullName);
        var reading = grain.WaitReadingAsync(_key + "/r");
        await Gate.Of(_key + "/r").Arrived;

        var write = grain.PassAsync("w");
        await grain.ReadAsync("s");
        Assert.Equal("+r s", await grain.LogAsync());
        Gate.Of(_key + "/r").Open();
        await Task.WhenAll(reading, write);

        Assert.Equal("+r s -r w", await grain.LogAsync());
    }

    [Fact]
    public async Task A_write_keeps_readers_out()
    {
        var grain = fixture.Grains.GetGrain<IInterleavingGrain>(_key, typeof(InterleavingGrain).FullName);
        var write = grain.WaitAsync(_key + "/w");
        await Gate.Of(_key + "/w").Arrived;

        var read = grain.ReadAsync("r");
        Assert.Equal("+w", await grain.LogAsync());
        Gate.Of(_key + "/w").Open();
        await Task.WhenAll(write, read);

        Assert.Equal("+w -w r", await grain.LogAsync());
    }

    [Fact]
    public async Task A_reentrant_grain_admits_everything_while_it_awaits()
    {
        var grain = fixture.Grains.GetGrain<IReentrantGrain>(_key);
        var first = grain.WaitAsync(_key + "/a");
        await Gate.Of(_key + "/a").Arrived;

        await grain.PassAsync("b");
        Gate.Of(_key + "/a").Open();
        await first;

        Assert.Equal("+a b -a", await grain.LogAsync());
    }

    [Fact]
    public async Task A_predicate_decides_which_requests_interleave()
    {
        var grain = fixture.Grains.GetGrain<IPredicateGrain>(_key);
        var first = grain.WaitAsync(_key + "/a");
        await Gate.Of(_key + "/a").Arrived;

        var refused = grain.PassAsync("other");
        await grain.PassAsync("welcome");
        Gate.Of(_key + "/a").Open();
        await Task.WhenAll(first, refused);

        Assert.Equal("+a welcome -a other", await grain.LogAsync());
    }

    [Fact]
    public async Task A_running_call_that_the_predicate_welcomes_lets_every_other_in_beside_it()
    {
        var grain = fixture.Grains.GetGrain<IPredicateGrain>(_key);
        var first = grain.WaitAsync(_key + "/welcome");
        await Gate.Of(_key + "/welcome").Arrived;

        await grain.PassAsync("other");
        Gate.Of(_key + "/welcome").Open();
        await first;

        Assert.Equal("+welcome other -welcome", await grain.LogAsync());
    }

    [Fact]
    public async Task A_predicate_that_throws_fails_the_call_it_was_asked_about_and_no_other()
    {
        var grain = fixture.Grains.GetGrain<IPredicateGrain>(_key);
        var first = grain.WaitAsync(_key + "/a");
        await Gate.Of(_key + "/a").Arrived;

        var bad = grain.PassAsync("bad");
        var waiting = grain.PassAsync("b");
        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        Gate.Of(_key + "/a").Open();
        await Task.WhenAll(first, waiting);

        Assert.Equal("+a -a b", await grain.LogAsync());
    }

    [Fact]
    public async Task A_write_waits_for_every_reader()
    {
        var grain = fixture.Grains.GetGrain<IInterleavingGrain>(_key, typeof(InterleavingGrain).FullName);
        var one = grain.WaitReadingAsync(_key + "/r");
        await Gate.Of(_key + "/r").Arrived;
        var two = grain.WaitReadingAsync(_key + "/s");
        await Gate.Of(_key + "/s").Arrived;

        var write = grain.PassAsync("w");
        Gate.Of(_key + "/r").Open();
        await one;
        await grain.ReadAsync("t");
        Assert.Equal("+r +s -r t", await grain.LogAsync());
        Gate.Of(_key + "/s").Open();
        await Task.WhenAll(two, write);

        Assert.Equal("+r +s -r t -s w", await grain.LogAsync());
    }

    [Fact]
    public async Task Calls_that_interleave_always_keep_nobody_out()
    {
        var grain = fixture.Grains.GetGrain<IInterleavingGrain>(_key, typeof(InterleavingGrain).FullName);
        var first = grain.WaitInterleavedAsync(_key + "/i");
        await Gate.Of(_key + "/i").Arrived;

        await grain.PassAsync("w");
        Gate.Of(_key + "/i").Open();
        await first;

        Assert.Equal("+i w -i", await grain.LogAsync());
    }

    [Fact]
    public async Task Calls_that_a_caller_awaits_one_by_one_run_in_that_order()
    {
        var grain = fixture.Grains.GetGrain<IInterleavingGrain>(_key, typeof(InterleavingGrain).FullName);

        foreach (var number in Enumerable.Range(0, 500))
            await (number % 2 == 0 ? grain.PassAsync(number.ToString()) : grain.ReadAsync(number.ToString()));

        Assert.Equal(string.Join(' ', Enumerable.Range(0, 500)), await grain.LogAsync());
    }

    [Fact]
    public void Of_several_classes_a_prefix_of_the_full_name_chooses_or_else_the_name_of_the_interface()
    {
        var named = fixture.Grains.GetGrain<IInterleavingGrain>(_key, typeof(PredicateGrain).FullName);

        Assert.Equal("predicate", named.GetGrainId().Type.ToString());
        Assert.Equal(named, fixture.Grains.GetGrain<IInterleavingGrain>(_key, "CustomerService.Conformance.Concurrency.Pre"));
        Assert.Equal("interleaving", fixture.Grains.GetGrain<IInterleavingGrain>(_key).GetGrainId().Type.ToString());
    }

    [Fact]
    public void A_choice_between_several_classes_is_refused_as_is_a_prefix_that_none_has()
    {
        Assert.Throws<ArgumentException>(() => fixture.Grains.GetGrain<IEitherGrain>(_key));
        Assert.Throws<ArgumentException>(() => fixture.Grains.GetGrain<IInterleavingGrain>(_key, "CustomerService.Conformance"));
        Assert.Throws<ArgumentException>(() => fixture.Grains.GetGrain<IInterleavingGrain>(_key, nameof(PredicateGrain)));
    }
}
