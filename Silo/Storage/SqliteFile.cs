using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;

namespace CustomerService.Storage;

/// <summary>The database file: opened by one process, checked and brought to this program's schema before anything uses it.</summary>
internal sealed class SqliteFile : IDisposable
{
    private const int Corrupt = 11;
    private const int NotADatabase = 26;

    private readonly ConcurrentBag<SqliteConnection> _readers = [];
    private readonly List<IDisposable> _owned = [];
    private readonly FileStream _lock;

    public SqliteFile(IOptions<StorageOptions> options)
    {
        Path = System.IO.Path.GetFullPath(options.Value.Path);
        Shown = options.Value.Path;
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        _lock = Lock();
        try
        {
            Writer = Open();
            Writer.Run("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 128000");
            Check(options.Value.MaxCheckedBytes);
            Schema.Ensure(Writer, Shown);
        }
        catch (SqliteException exception) when (exception.SqliteErrorCode is Corrupt or NotADatabase)
        {
            Dispose();
            throw Damaged(exception.SqliteErrorCode == NotADatabase ? "it is not a database" : "a page cannot be read", exception);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public string Path { get; }

    /// <summary>The one connection that writes; only the writer's thread uses it.</summary>
    public SqliteConnection Writer { get; } = null!;

    /// <summary>The path as it was configured, for messages.</summary>
    private string Shown { get; }

    /// <summary>Reads on a connection of its own: readers see what was committed and wait for nobody.</summary>
    public T Read<T>(Func<SqliteConnection, T> read)
    {
        if (!_readers.TryTake(out var reader))
            reader = Open();
        try
        {
            return read(reader);
        }
        finally
        {
            _readers.Add(reader);
        }
    }

    /// <summary>Keeps a bare statement of the writer until the end: while one is open SQLite does not close the file.</summary>
    public T Own<T>(T statement) where T : IDisposable
    {
        _owned.Add(statement);
        return statement;
    }

    public void Dispose()
    {
        foreach (var statement in _owned)
            statement.Dispose();
        foreach (var reader in _readers)
            reader.Dispose();
        Writer?.Dispose();
        _lock.Dispose();
    }

    private SqliteConnection Open()
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = Path, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        // Also for bare statements: a command of the library waits by itself, SQLite alone does not.
        connection.Run("PRAGMA busy_timeout = 30000; PRAGMA cache_size = -16000; PRAGMA temp_store = MEMORY");
        return connection;
    }

    // Two processes on one file would each believe their own lists; the lock goes with the process, also when it is killed.
    private FileStream Lock()
    {
        try
        {
            return new FileStream(Path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException exception)
        {
            throw new StorageException($"{Shown} is in use by another process. Stop it, or set Storage:Path to another file.", exception);
        }
    }

    private void Check(long maxBytes)
    {
        if (new FileInfo(Path).Length > maxBytes)
            return;

        var result = Writer.Read<string>("PRAGMA quick_check(1)");
        if (result != "ok")
            throw Damaged(result.ReplaceLineEndings(" "));
    }

    private StorageException Damaged(string found, Exception? inner = null) => new(
        $"{Shown} is damaged: {found}. Nothing was changed; the file is kept as it is. Restore a backup in its place, or move it away together with "
        + "the files beside it that end in -wal and -shm to start with an empty one; `sqlite3 <file> .recover` can save what is readable.",
        inner);
}
