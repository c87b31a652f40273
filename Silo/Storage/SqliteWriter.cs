using System.Diagnostics.CodeAnalysis;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace CustomerService.Storage;

/// <summary>
/// The one thread that writes. Whatever waits when a commit ends goes into the next one together (group commit),
/// and every caller hears of success only after the commit that holds its work.
/// </summary>
internal sealed partial class SqliteWriter : IDisposable
{
    // A batch this small means that nobody is waiting for the next one: time for what may wait.
    private const int SmallBatch = 16;
    private const int MaxAtRest = 128;

    // The rest follows after the next start.
    private const int MaxAtEnd = 20_000;

    private readonly WriteQueue _queue = new();
    private readonly SqliteConnection _connection;
    private readonly SqliteProjections _projections;
    private readonly StorageOptions _options;
    private readonly ILogger<SqliteWriter> _logger;
    private readonly Thread _thread;
    private readonly SqliteCheckpoints _checkpoints;
    private readonly Statement _begin;
    private readonly Statement _commit;

    public SqliteWriter(SqliteFile file, SqliteProjections projections, IOptions<StorageOptions> options, ILogger<SqliteWriter> logger)
    {
        (_connection, _projections, _options, _logger) = (file.Writer, projections, options.Value, logger);
        (_begin, _commit) = (file.Own(new Statement(_connection, "BEGIN IMMEDIATE")), file.Own(new Statement(_connection, "COMMIT")));
        _thread = new Thread(Loop) { Name = "storage writer", IsBackground = true };
        _thread.Start();
        _checkpoints = new(file, logger);
    }

    public SqliteConnection Connection => _connection;

    /// <summary>How many commits there were: what shares one is the group.</summary>
    public long Commits { get; private set; }

    /// <summary>Work for the writer's thread, inside a transaction; done when that is committed.</summary>
    public Task<T> RunAsync<T>(Func<T> work) => RunAsync(new FuncJob<T>(work));

    /// <inheritdoc cref="RunAsync{T}(Func{T})"/>
    public Task<T> RunAsync<T>(WriteJob<T> job)
    {
        _queue.Add(job);
        return job.Task;
    }

    public void Dispose()
    {
        if (_queue.IsClosed)
            return;

        _checkpoints.Dispose();
        _queue.Close();
        _thread.Join();
        _queue.FailRest();
        _queue.Dispose();
    }

    private void Loop()
    {
        var batch = new List<IWriteJob>();
        while (!_queue.IsEnded)
        {
            _queue.TakeTo(batch, _options.MaxBatch, _projections.IsDue ? TimeSpan.Zero : _options.ProjectionInterval);
            var snapshots = !_projections.IsDue ? 0 : batch.Count < SmallBatch ? MaxAtRest : batch.Count / 8;
            if (batch.Count == 0 && snapshots == 0)
                continue;

            Commit(batch, snapshots);
            _checkpoints.Finish(_connection, Commits, isAtRest: _queue.IsEmpty);
            batch = new(batch.Count);
        }

        Commit([], MaxAtEnd);
    }

    private void Commit(List<IWriteJob> batch, int snapshots)
    {
        if (TryCommit(batch, snapshots, out _))
        {
            // The next commit does not wait until everybody has heard of this one.
            if (batch.Count > 0)
                ThreadPool.UnsafeQueueUserWorkItem(static done => Succeed(done), batch, preferLocal: false);
            return;
        }

        // One piece of work must not fail the others: each again, alone. A disk that is full fails them all.
        foreach (var job in batch)
        {
            if (TryCommit([job], 0, out var exception))
                job.Succeed();
            else
                job.Fail(exception);
        }
    }

    private bool TryCommit(List<IWriteJob> jobs, int snapshots, [NotNullWhen(false)] out Exception? failure)
    {
        try
        {
            _begin.Run();
            foreach (var job in jobs)
                job.Run();
            if (snapshots > 0)
                _projections.Project(snapshots);
            _commit.Run();
            Commits++;
            _projections.OnCommitted();
            failure = null;
            return true;
        }
        catch (Exception exception)
        {
            LogFailed(exception, jobs.Count);
            if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
                _connection.Run("ROLLBACK");
            _projections.Forget();
            failure = exception;
            return false;
        }
    }

    private static void Succeed(List<IWriteJob> jobs)
    {
        foreach (var job in jobs)
            job.Succeed();
    }

    [LoggerMessage(LogLevel.Error, "A commit of {Count} writes failed")]
    private partial void LogFailed(Exception exception, int count);

    private sealed class FuncJob<T>(Func<T> work) : WriteJob<T>
    {
        protected override T Write() => work();
    }
}
