using CustomerService.Tenancy;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

/// <summary>Trained models as files, so that a restart need not train them again (docs/decisions/0008).</summary>
/// <remarks>What is missing or damaged is trained again; a disk that fails costs that time and nothing else.</remarks>
internal sealed partial class IntentModelCache(IOptions<IntentOptions> options, ILogger<IntentModelCache> logger)
{
    // Of one tenant, beside that of its active version. As many as OwnIntentModels has at hand.
    private const int MaxFiles = 3;
    private readonly string? _folder = options.Value.Cache is { Length: > 0 } folder ? Path.GetFullPath(folder) : null;
    private readonly Lock _writing = new();
    private volatile bool _isFailing;

    /// <summary>The model that was trained from this; null when there is no file of it that can be used.</summary>
    public PreparedIntents? Find(IntentModelSource source)
    {
        if (_folder is null)
            return null;

        var hash = source.Hash();
        var path = Path.Combine(_folder, IntentModelSource.FileName(source.Version, hash));
        try
        {
            if (!File.Exists(path))
                return null;
            using var file = File.OpenRead(path);
            return IntentModelFile.Read(file, hash);
        }
        catch (Exception damage) when (damage is InvalidDataException or EndOfStreamException)
        {
            LogDamaged(damage, source.Version.Tenant, source.Version.Number);
            return null;
        }
        catch (Exception failure) when (IsOfDisk(failure))
        {
            Warn(failure);
            return null;
        }
    }

    /// <summary>Writes a model's file on another thread, and removes the tenant's oldest ones.</summary>
    /// <param name="source">What it was trained from.</param>
    /// <param name="intents">The model.</param>
    /// <param name="active">The version whose file stays, whatever its age.</param>
    /// <returns>When the file is there, or cannot be.</returns>
    public Task KeepAsync(IntentModelSource source, PreparedIntents intents, int? active) => _folder is null ? Task.CompletedTask : Task.Run(() => ChangeFiles(() =>
    {
        Write(source, intents);
        foreach (var file in Files(IntentModelSource.Prefix(source.Version.Tenant)).Skip(MaxFiles).Except(ActiveFiles(source.Version.Tenant, active).Take(1)))
            File.Delete(file);
    }));

    /// <summary>Removes a version's files on another thread.</summary>
    public Task ForgetAsync(IntentVersionKey version) => _folder is null ? Task.CompletedTask : Task.Run(() => ChangeFiles(() =>
    {
        foreach (var file in Files(IntentModelSource.Prefix(version)))
            File.Delete(file);
    }));

    private void Write(IntentModelSource source, PreparedIntents intents)
    {
        Directory.CreateDirectory(_folder!);
        var hash = source.Hash();
        var path = Path.Combine(_folder!, IntentModelSource.FileName(source.Version, hash));
        var begun = path + ".tmp";
        try
        {
            using (var file = new FileStream(begun, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
                IntentModelFile.Write(file, hash, intents);
            File.Move(begun, path, overwrite: true);
        }
        catch
        {
            // A full disk needs the room.
            File.Delete(begun);
            throw;
        }
    }

    // Newest first; with what a crash left behind.
    private List<string> Files(string prefix) =>
        [.. new DirectoryInfo(_folder!).EnumerateFiles(prefix + "*").OrderByDescending(file => file.LastWriteTimeUtc).Select(file => file.FullName)];

    private List<string> ActiveFiles(TenantId tenant, int? active) => active is { } number ? Files(IntentModelSource.Prefix(new IntentVersionKey(tenant, number))) : [];

    private void ChangeFiles(Action change)
    {
        lock (_writing)
        {
            try
            {
                change();
                _isFailing = false;
            }
            catch (Exception failure) when (IsOfDisk(failure))
            {
                Warn(failure);
            }
        }
    }

    // Once, until it works again.
    private void Warn(Exception failure)
    {
        if (!_isFailing)
            LogDisk(failure);
        _isFailing = true;
    }

    private static bool IsOfDisk(Exception failure) => failure is IOException or UnauthorizedAccessException;

    [LoggerMessage(LogLevel.Warning, "Trained intents cannot be kept in Intents:Cache; after a restart they are trained again")]
    private partial void LogDisk(Exception failure);

    [LoggerMessage(LogLevel.Warning, "Tenant {Tenant}: the file of version {Version} of its own intents is damaged; the version is trained again")]
    private partial void LogDamaged(Exception damage, TenantId tenant, int version);
}
