using Orleans.Runtime;
using Orleans.Storage;

namespace CustomerService.Storage;

public sealed class SqliteGrainStorageTests : IDisposable
{
    private static readonly GrainId Grain = GrainId.Create("contact", "quillmere/1");
    private readonly TemporaryStorage _temporary = new();
    private readonly SqliteGrainStorage _storage;

    public SqliteGrainStorageTests()
    {
        _temporary.Open();
        _storage = _temporary.GrainStorage();
    }

    [Fact]
    public async Task What_was_written_is_read_with_its_etag()
    {
        var written = new GrainState<Note>(new("first"));
        await _storage.WriteStateAsync("note", Grain, written);

        var read = new GrainState<Note>();
        await _storage.ReadStateAsync("note", Grain, read);

        Assert.Equal(("first", true, written.ETag), (read.State!.Text, read.RecordExists, read.ETag));
    }

    [Fact]
    public async Task A_state_that_was_never_written_is_new()
    {
        var read = new GrainState<Note>();
        await _storage.ReadStateAsync("note", Grain, read);

        Assert.Equal((new Note(), false, null), (read.State, read.RecordExists, read.ETag));
    }

    [Fact]
    public async Task The_second_writer_of_one_etag_is_refused()
    {
        var mine = new GrainState<Note>(new("mine"));
        await _storage.WriteStateAsync("note", Grain, mine);
        var theirs = new GrainState<Note>(new("theirs"), mine.ETag);
        await _storage.WriteStateAsync("note", Grain, theirs);

        mine.State = new("mine again");
        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.WriteStateAsync("note", Grain, mine));
        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.WriteStateAsync("note", Grain, new GrainState<Note>(new("as if new"))));
        await Assert.ThrowsAsync<InconsistentStateException>(() => _storage.ClearStateAsync("note", Grain, mine));
    }

    [Fact]
    public async Task A_cleared_state_is_gone()
    {
        var state = new GrainState<Note>(new("first"));
        await _storage.WriteStateAsync("note", Grain, state);

        await _storage.ClearStateAsync("note", Grain, state);
        await _storage.WriteStateAsync("note", Grain, state);

        Assert.True(state.RecordExists);
    }

    public void Dispose() => _temporary.Dispose();

    private sealed record Note(string Text)
    {
        public Note() : this("")
        {
        }
    }
}
