using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CustomerService.Routing;

/// <summary>How lists of conversations are kept; configuration section <c>Routing</c>.</summary>
internal sealed record RoutingOptions
{
    /// <summary>The shortest time between two wake-ups of a watcher. Default: 50 milliseconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan WakeInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long a watcher is told of changes after it last asked for it. Default: 2 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan WatchExpiry { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How many changes a shard remembers for who comes back: a consumer further behind gets a full list. Default: 4096.</summary>
    [Range(16, 1_000_000)]
    public int MaxChanges { get; init; } = 4096;
}

[OptionsValidator]
internal sealed partial class RoutingOptionsValidator : IValidateOptions<RoutingOptions>;
