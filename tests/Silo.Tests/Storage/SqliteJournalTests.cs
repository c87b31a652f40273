using CustomerService.Conversations;
using Microsoft.Data.Sqlite;

namespace CustomerService.Storage;

public sealed class SqliteJournalTests : JournalContract, IDisposable
{
    private readonly TemporaryStorage _storage = new();
    private SqliteJournal? _journal;

    private protected override IConversationJournal Journal => _journal ??= _storage.Open();

    [Fact]
    public async Task Everything_is_there_after_a_restart()
    {
        var change = A.Conversation().Says("Hello");
        await AppendAsync(change);
        _storage.Close();

        _journal = _storage.Open();

        Assert.Equal(ConversationJson.Write(change.Next), ConversationJson.Write(await Journal.LoadAsync(change.Next.Key, default)));
    }

    [Fact]
    public async Task A_file_that_is_locked_for_a_moment_is_waited_for()
    {
        _journal = _storage.Open();
        await using var other = new SqliteConnection($"Data Source={_storage.Path};Pooling=false");
        await other.OpenAsync();
        other.Run("BEGIN IMMEDIATE");

        var append = AppendAsync(A.Conversation().Says("Hello")).AsTask();
        await Task.WhenAny(append, Task.Delay(TimeSpan.FromMilliseconds(200)));
        other.Run("COMMIT");

        Assert.True(await append);
    }

    [Fact]
    public async Task Snapshots_that_a_crash_left_behind_are_made_up_for_from_the_journal()
    {
        _journal = _storage.Open(projectionInterval: TimeSpan.FromMinutes(1));
        var change = A.Conversation().Says("Hello");
        await AppendAsync(change);
        var crashed = _storage.Path + ".copy";
        foreach (var end in new[] { "", "-wal" })
            File.Copy(_storage.Path + end, crashed + end);
        _storage.Close();
        foreach (var end in new[] { "", "-wal" })
            File.Move(crashed + end, _storage.Path + end, overwrite: true);

        _journal = _storage.Open(projectionInterval: TimeSpan.FromMinutes(1));

        Assert.Equal("Hello", Assert.Single(await Journal.ListOpenAsync(change.Next.Queue, default)).Preview);
    }

    [Fact]
    public async Task Snapshots_are_written_longest_behind_first_and_the_mark_never_passes_what_has_none()
    {
        _journal = _storage.Open(projectionInterval: TimeSpan.FromMinutes(1));
        var (first, second) = (A.Conversation().Says("first"), A.Conversation().Says("second"));
        await AppendAsync(first);
        await AppendAsync(second);
        await AppendAsync(first.Next.Says("first again"));

        await _storage.Writer.RunAsync(() => { _storage.Projections.Project(1); return true; });

        Assert.Equal((2, "first again"), (Mark(), Snapshots()));
        await _storage.Writer.RunAsync(() => { _storage.Projections.Project(1); return true; });
        Assert.Equal((5, "first again, second"), (Mark(), Snapshots()));

        long Mark() => _storage.File.Read(reader => reader.Read<long>("SELECT position FROM projected"));
        string Snapshots() => _storage.File.Read(reader =>
        {
            using var query = reader.Prepare("SELECT state FROM conversations WHERE state IS NOT NULL ORDER BY number", 0);
            using var rows = query.ExecuteReader();
            return string.Join(", ", rows.Cast<System.Data.Common.DbDataRecord>().Select(row => ConversationJson.ReadConversation((byte[])row[0]).Preview));
        });
    }

    [Fact]
    public async Task A_snapshot_is_asked_of_who_holds_the_state_and_folded_when_that_is_older()
    {
        _journal = _storage.Open(projectionInterval: TimeSpan.FromMinutes(1));
        var (held, older) = (A.Conversation().Says("Hello"), A.Conversation().Says("Hi"));
        await Journal.AppendAsync(new(held.Entries, held.Next, OutboxKinds.None, OutboxKinds.None) { Place = new Holder(held.Next with { Preview = "as held" }) });
        await Journal.AppendAsync(new(older.Entries, older.Next, OutboxKinds.None, OutboxKinds.None) { Place = new Holder(A.Conversation()) });
        foreach (var _ in Enumerable.Range(0, 2))
            await _storage.Writer.RunAsync(() => true);

        await _storage.Writer.RunAsync(() => { _storage.Projections.Project(2); return true; });

        Assert.Equal("as held", (await Journal.LoadAsync(held.Next.Key, default)).Preview);
        Assert.Equal("Hi", (await Journal.LoadAsync(older.Next.Key, default)).Preview);
        Assert.Equal("as held", Assert.Single(await Journal.ListOpenAsync(held.Next.Queue, default), row => row.Key == held.Next.Key).Preview);
    }

    [Fact]
    public async Task Work_that_fails_does_not_fail_what_shares_its_commit()
    {
        _journal = _storage.Open();
        var change = A.Conversation().Says("Hello");
        using var gate = new ManualResetEventSlim();
        var blocker = _storage.Writer.RunAsync(() => { gate.Wait(); return true; });

        var good = AppendAsync(change).AsTask();
        var bad = _storage.Writer.RunAsync<bool>(() => throw new InvalidOperationException("broken"));
        var alsoGood = AppendAsync(change.Next.Says("again")).AsTask();
        gate.Set();

        Assert.True(await blocker & await good & await alsoGood);
        await Assert.ThrowsAsync<StorageException>(() => bad);
        Assert.Equal(3, (await Journal.LoadAsync(change.Next.Key, default)).LastSequence);
        Assert.Equal("again", Assert.Single(await Journal.ListOpenAsync(change.Next.Queue, default)).Preview);
    }

    [Theory, InlineData(0), InlineData(4096)]
    public async Task A_damaged_file_stops_the_start_with_advice_and_is_kept(int damagedAt)
    {
        _journal = _storage.Open();
        foreach (var _ in Enumerable.Range(0, 50))
            await AppendAsync(A.Conversation().Says("Hello"));
        _storage.Close();
        SqliteConnection.ClearAllPools();
        var bytes = await File.ReadAllBytesAsync(_storage.Path);
        new Random(1).NextBytes(bytes.AsSpan(damagedAt, 3000));
        await File.WriteAllBytesAsync(_storage.Path, bytes);

        var exception = Assert.Throws<StorageException>(() => _storage.Open());

        Assert.Contains("is damaged", exception.Message);
        Assert.Contains("Restore a backup", exception.Message);
        Assert.Equal(bytes, await File.ReadAllBytesAsync(_storage.Path));
    }

    [Fact]
    public async Task A_file_of_a_newer_version_stops_the_start_and_is_kept()
    {
        _journal = _storage.Open();
        await AppendAsync(A.Conversation().Says("Hello"));
        await _storage.Writer.RunAsync(() => { _storage.Writer.Connection.Run("INSERT INTO schema_version VALUES (99, 'later')"); return true; });
        _storage.Close();

        var exception = Assert.Throws<StorageException>(() => _storage.Open());

        Assert.Contains("newer version", exception.Message);
        Assert.Contains("schema 99", exception.Message);
    }

    [Fact]
    public void A_second_process_on_the_same_file_is_told_so()
    {
        _journal = _storage.Open();

        using var second = new SqliteFileAttempt(_storage.Path);

        Assert.Contains("in use by another process", second.Failure?.Message);
    }

    public void Dispose() => _storage.Dispose();

    private sealed class SqliteFileAttempt : IDisposable
    {
        private readonly SqliteFile? _file;

        public SqliteFileAttempt(string path)
        {
            try { _file = new(Microsoft.Extensions.Options.Options.Create(new StorageOptions { Path = path })); }
            catch (StorageException exception) { Failure = exception; }
        }

        public StorageException? Failure { get; }

        public void Dispose() => _file?.Dispose();
    }

    private sealed class Holder(Conversation state) : JournalPlace
    {
        public override Conversation? StateFrom(long sequence) => state.LastSequence >= sequence ? state : null;
    }
}
