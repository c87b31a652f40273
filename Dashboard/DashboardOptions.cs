using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CustomerService;

/// <summary>How the desk behaves; configuration section <c>Dashboard</c>.</summary>
public sealed record DashboardOptions
{
    /// <summary>How long a sign-in lasts without use. Default: 12 hours.</summary>
    [Range(typeof(TimeSpan), "00:05:00", "30.00:00:00")]
    public TimeSpan SessionLength { get; init; } = TimeSpan.FromHours(12);

    /// <summary>How often an open page asks whether its agent may still be there. Default: 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:10:00")]
    public TimeSpan SessionCheckInterval { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How often a page reads again although nothing woke it: a wake-up can be lost. Default: 5 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.5", "00:01:00")]
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a page renews its watches. Below <c>Conversations:WatchExpiry</c> and <c>Routing:WatchExpiry</c>. Default: 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:30:00")]
    public TimeSpan WatchInterval { get; init; } = TimeSpan.FromMinutes(1);

    /// <summary>The shortest time between two renderings that others' work causes. Default: 50 milliseconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:05")]
    public TimeSpan RenderInterval { get; init; } = TimeSpan.FromMilliseconds(50);

    /// <summary>How long "Undo" is offered. Default: 8 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "00:01:00")]
    public TimeSpan UndoTime { get; init; } = TimeSpan.FromSeconds(8);
}

[OptionsValidator]
internal sealed partial class DashboardOptionsValidator : IValidateOptions<DashboardOptions>;
