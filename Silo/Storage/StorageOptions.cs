using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CustomerService.Storage;

/// <summary>Where everything is kept; configuration section <c>Storage</c>.</summary>
internal sealed record StorageOptions
{
    /// <summary>The SQLite file, relative to the working directory. Default: <c>data/customer-service.db</c>. Its folder is made when missing.</summary>
    [Required, StringLength(4096, MinimumLength = 1)]
    public string Path { get; init; } = "data/customer-service.db";

    /// <summary>How many writes share one commit at most. Default: 1024.</summary>
    [Range(1, 10_000)]
    public int MaxBatch { get; init; } = 1024;

    /// <summary>How long a conversation's snapshot waits for further changes before it is written, longer under load; a start after a crash replays what is newer. Default: 1 second.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "00:01:00")]
    public TimeSpan ProjectionInterval { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Up to which size the file is checked for damage at every start, in bytes. Default: 256 MiB, about a second. 0 never checks.</summary>
    [Range(0, long.MaxValue)]
    public long MaxCheckedBytes { get; init; } = 256 << 20;

    /// <summary>A folder next to the file, for what can be made again.</summary>
    internal string Beside(string folder) => System.IO.Path.Combine(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!, folder);
}

[OptionsValidator]
internal sealed partial class StorageOptionsValidator : IValidateOptions<StorageOptions>;
