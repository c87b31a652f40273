using Microsoft.Data.Sqlite;

namespace CustomerService.Storage;

/// <summary>
/// Moves what the WAL holds into the file beside the writer, so that no commit waits for it: a thread of its own does nearly all,
/// the writer then does the little that came meanwhile, after which the WAL starts anew.
/// </summary>
internal sealed partial class SqliteCheckpoints : IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    // Frames of 4 KiB: a WAL this long is ended even though somebody waits.
    private const long MaxFrames = 64_000;

    private readonly SqliteFile _file;
    private readonly ILogger _logger;
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private long _commits;
    private long _frames;
    private volatile bool _isNearlyDone;

    public SqliteCheckpoints(SqliteFile file, ILogger logger)
    {
        (_file, _logger) = (file, logger);
        _thread = new Thread(Loop) { Name = "storage checkpoints", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Called by the writer between two transactions.</summary>
    public void Finish(SqliteConnection connection, long commits, bool isAtRest)
    {
        Volatile.Write(ref _commits, commits);
        if (!_isNearlyDone || !(isAtRest || Volatile.Read(ref _frames) > MaxFrames))
            return;

        _isNearlyDone = false;
        connection.Run("PRAGMA wal_checkpoint(PASSIVE)");
    }

    public void Dispose()
    {
        if (_stop.IsSet)
            return;

        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Loop()
    {
        var done = 0L;
        while (!_stop.Wait(Interval))
        {
            var commits = Volatile.Read(ref _commits);
            if (commits == done)
                continue;

            try
            {
                Volatile.Write(ref _frames, _file.Read(Checkpoint));
                (done, _isNearlyDone) = (commits, true);
            }
            catch (SqliteException exception)
            {
                LogFailed(exception);
            }
        }
    }

    /// <summary>How many frames the WAL has.</summary>
    private static long Checkpoint(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA wal_checkpoint(PASSIVE)";
        using var reader = command.ExecuteReader();
        return reader.Read() ? reader.GetInt64(1) : 0;
    }

    [LoggerMessage(LogLevel.Warning, "The WAL could not be moved into the file; it is tried again")]
    private partial void LogFailed(Exception exception);
}
