using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace CustomerService.Storage;

/// <summary>A database in a folder of its own, gone with the test.</summary>
internal sealed class TemporaryStorage : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("customer-service-").FullName;
    private SqliteFile? _file;
    private SqliteWriter? _writer;

    public string Path => System.IO.Path.Combine(_folder, "deep", "down", "test.db");

    public SqliteFile File => _file!;

    public SqliteWriter Writer => _writer!;

    public SqliteProjections Projections { get; private set; } = null!;

    public SqliteJournal Open(TimeSpan? projectionInterval = null)
    {
        var options = Options.Create(new StorageOptions { Path = Path, ProjectionInterval = projectionInterval ?? TimeSpan.FromMilliseconds(20) });
        _file = new SqliteFile(options);
        Projections = new SqliteProjections(_file, options, TimeProvider.System);
        _writer = new SqliteWriter(_file, Projections, options, NullLogger<SqliteWriter>.Instance);
        return new SqliteJournal(_file, _writer, Projections);
    }

    public SqliteGrainStorage GrainStorage() => new(_file!, _writer!);

    public SqliteReminderTable Reminders() => new(_file!, _writer!);

    public void Close()
    {
        _writer?.Dispose();
        _file?.Dispose();
        (_writer, _file) = (null, null);
    }

    public void Dispose()
    {
        Close();
        Directory.Delete(_folder, recursive: true);
    }
}
