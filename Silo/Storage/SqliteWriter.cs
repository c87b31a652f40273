using System.Collections.Concurrent;
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
    private readonly BlockingCollection<Job> _jobs = [];
    private readonly SqliteConnection _connection;
    private readonly StorageOptions _options;
    private readonly ILogger<SqliteWriter> _logger;
    private readonly TimeProvider _time;
    private readonly Thread _thread;
    private readonly SqliteCheckpoints _checkpoints;
    private readonly List<Job> _batch = [];
    private readonly SqliteCommand _begin;
    private readonly SqliteCommand _commit;
    private Action? _project;
    private Action? _recover;
    private long _projectedAt;

    public SqliteWriter(SqliteFile file, IOptions<StorageOptions> options, TimeProvider time, ILogger<SqliteWriter> logger)
    {
        (_connection, _options, _time, _logger) = (file.Writer, options.Value, time, logger);
        (_begin, _commit) = (_connection.Prepare("BEGIN IMMEDIATE", 0), _connection.Prepare("COMMIT", 0));
        _projectedAt = time.GetTimestamp();
        _thread = new Thread(Loop) { Name = "storage writer", IsBackground = true };
        _thread.Start();
        _checkpoints = new(file, logger);
    }

    public SqliteConnection Connection => _connection;

    /// <summary>How many commits there were: what shares one is the group.</summary>
    public long Commits { get; private set; }

    /// <summary>Work for the writer's thread, inside a transaction; done when that is committed.</summary>
    public Task<T> RunAsync<T>(Func<T> work)
    {
        var job = new Job<T>(work);
        _jobs.Add(job);
        return job.Done;
    }

    /// <summary>Sets what is run at an interval, in the same transaction as the writes around it, and once more at the end.</summary>
    /// <param name="project">Writes what follows from the writes so far.</param>
    /// <param name="recover">Forgets what a rolled-back transaction had promised.</param>
    public void Project(Action project, Action recover) => (_project, _recover) = (project, recover);

    public void Dispose()
    {
        if (_jobs.IsAddingCompleted)
            return;

        _checkpoints.Dispose();
        _jobs.CompleteAdding();
        _thread.Join();
        _jobs.Dispose();
    }

    private void Loop()
    {
        while (!_jobs.IsCompleted)
        {
            if (_jobs.TryTake(out var first, _options.ProjectionInterval))
                _batch.Add(first);
            while (_batch.Count < _options.MaxBatch && _jobs.TryTake(out var next))
                _batch.Add(next);
            Commit(isLast: false);
        }

        Commit(isLast: true);
    }

    private void Commit(bool isLast)
    {
        var isDue = _project is not null && (isLast || _time.GetElapsedTime(_projectedAt) >= _options.ProjectionInterval);
        if (_batch.Count == 0 && !isDue)
            return;

        if (!TryCommit(_batch, isDue, out _))
        {
            // One piece of work must not fail the others: each again, alone. A disk that is full fails them all.
            foreach (var job in _batch)
            {
                if (!TryCommit([job], false, out var exception))
                    job.Fail(exception);
            }
        }

        _batch.Clear();
        _checkpoints.Finish(_connection, Commits);
        if (isDue)
            _projectedAt = _time.GetTimestamp();
    }

    private bool TryCommit(List<Job> jobs, bool isDue, [NotNullWhen(false)] out Exception? failure)
    {
        try
        {
            _begin.ExecuteNonQuery();
            foreach (var job in jobs)
                job.Run();
            if (isDue)
                _project!();
            _commit.ExecuteNonQuery();
            Commits++;
        }
        catch (Exception exception)
        {
            LogFailed(exception, jobs.Count);
            if (SQLitePCL.raw.sqlite3_get_autocommit(_connection.Handle) == 0)
                _connection.Run("ROLLBACK");
            _recover?.Invoke();
            failure = exception;
            return false;
        }

        foreach (var job in jobs)
            job.Succeed();
        failure = null;
        return true;
    }

    [LoggerMessage(LogLevel.Error, "A commit of {Count} writes failed")]
    private partial void LogFailed(Exception exception, int count);

    private abstract class Job
    {
        public abstract void Run();

        public abstract void Succeed();

        public abstract void Fail(Exception exception);
    }

    private sealed class Job<T>(Func<T> work) : Job
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;

        public Task<T> Done => _done.Task;

        public override void Run() => _result = work();

        public override void Succeed() => _done.TrySetResult(_result);

        public override void Fail(Exception exception) => _done.TrySetException(new StorageException("The write was not stored.", exception));
    }
}
