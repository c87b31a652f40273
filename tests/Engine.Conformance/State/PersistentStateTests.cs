using Microsoft.Extensions.DependencyInjection;
using Orleans.Hosting;
using Orleans.Storage;
using Orleans.TestingHost;

namespace CustomerService.Conformance.State;

public sealed class PersistentStateTests : IAsyncLifetime
{
    private readonly string _key = Keys.New();
    private InProcessTestCluster? _cluster;

    private INoteGrain Grain => _cluster!.Client.GetGrain<INoteGrain>(_key);

    private IGrainStorage Storage => _cluster!.GetSiloServiceProvider().GetRequiredKeyedService<IGrainStorage>("Notes");

    public async ValueTask InitializeAsync() =>
        _cluster = await Clusters.StartAsync(silo => silo.AddMemoryGrainStorage("Notes").AddMemoryGrainStorageAsDefault());

    public ValueTask DisposeAsync() => _cluster!.DisposeAsync();

    [Fact]
    public async Task State_that_was_never_written_is_new_and_says_so()
    {
        Assert.Equal(new Note(), await Grain.GetAsync());
        Assert.False(await Grain.ExistsAsync());
    }

    [Fact]
    public async Task State_is_read_before_the_first_call_of_the_next_activation()
    {
        await Grain.WriteAsync("one");
        await Grain.WriteAsync("two");
        await LoseActivationAsync();

        Assert.Equal(new Note("two", 2), await Grain.GetAsync());
        Assert.True(await Grain.ExistsAsync());
    }

    [Fact]
    public async Task A_write_over_someone_elses_fails_and_ends_the_activation_so_that_the_next_call_reads_the_truth()
    {
        await Grain.WriteAsync("mine");
        var before = await Grain.ActivationAsync();
        await WriteBehindItsBackAsync("theirs");

        await Assert.ThrowsAsync<InconsistentStateException>(() => Grain.WriteWithoutCatchingAsync("mine again"));

        Assert.Equal("theirs", (await Grain.GetAsync()).Text);
        Assert.NotEqual(before, await Grain.ActivationAsync());
    }

    [Fact]
    public async Task A_grain_that_catches_the_conflict_stays()
    {
        await Grain.WriteAsync("mine");
        var before = await Grain.ActivationAsync();
        await WriteBehindItsBackAsync("theirs");

        Assert.False(await Grain.WriteCatchingAsync("mine again"));
        Assert.Equal(before, await Grain.ActivationAsync());
    }

    [Fact]
    public async Task Cleared_state_is_gone()
    {
        await Grain.WriteAsync("one");

        await Grain.ClearAsync();

        Assert.False(await Grain.ExistsAsync());
        Assert.Equal(new Note(), await Grain.GetAsync());
        await Grain.WriteAsync("again");
        Assert.Equal(new Note("again", 1), await Grain.GetAsync());
    }

    [Fact]
    public async Task Writes_of_one_record_at_once_are_done_one_after_another()
    {
        await using var cluster = await Clusters.StartAsync(silo => silo.Services.AddKeyedSingleton<IGrainStorage>("OneAtATime", new OneAtATimeStorage()));

        await cluster.Client.GetGrain<ISlowNoteGrain>(_key).WriteAtOnceAsync(5);
    }

    [Fact]
    public async Task A_conflict_ends_the_activation_it_began_in_and_none_that_it_passes_through()
    {
        var passer = _cluster!.Client.GetGrain<INoteGrain>(_key + "/passer");
        await Grain.WriteAsync("mine");
        var (before, passerBefore) = (await Grain.ActivationAsync(), await passer.ActivationAsync());
        await WriteBehindItsBackAsync("theirs");

        await Assert.ThrowsAsync<InconsistentStateException>(() => passer.WriteToAsync(Grain, "x"));

        Assert.NotEqual(before, await Grain.ActivationAsync());
        Assert.Equal(passerBefore, await passer.ActivationAsync());
    }

    [Fact]
    public async Task Every_write_has_an_etag_of_its_own()
    {
        Assert.Null(await Grain.EtagAsync());
        await Grain.WriteAsync("one");
        var first = await Grain.EtagAsync();
        await Grain.WriteAsync("two");

        Assert.NotNull(first);
        Assert.NotEqual(first, await Grain.EtagAsync());
    }

    [Fact]
    public async Task A_grain_may_have_its_state_from_its_base_class()
    {
        var grain = _cluster!.Client.GetGrain<ICountingGrain>(_key);
        await grain.CountAsync();
        await grain.LeaveAsync();

        Assert.Equal(2, await grain.CountAsync());
        await grain.ForgetAsync();
        Assert.Equal(1, await grain.CountAsync());
    }

    [Fact]
    public async Task A_storage_that_nobody_added_is_named_to_the_caller()
    {
        await using var bare = await Clusters.StartAsync();

        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => bare.Client.GetGrain<INoteGrain>(_key).GetAsync());

        Assert.Contains("\"Notes\"", Assert.IsType<BadProviderConfigException>(thrown.GetBaseException()).Message, StringComparison.Ordinal);
    }

    private Task WriteBehindItsBackAsync(string text) => ChangeAsync(new Note(text, 99));

    private async Task ChangeAsync(Note note)
    {
        var state = new GrainState<Note>();
        await Storage.ReadStateAsync("note", Grain.GetGrainId(), state);
        state.State = note;
        await Storage.WriteStateAsync("note", Grain.GetGrainId(), state);
    }

    // Its own writes would conflict: that ends the activation.
    private async Task LoseActivationAsync()
    {
        var kept = await Grain.GetAsync();
        await ChangeAsync(kept);
        await Assert.ThrowsAsync<InconsistentStateException>(() => Grain.WriteWithoutCatchingAsync("lost"));
    }
}
