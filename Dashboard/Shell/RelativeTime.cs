using System.Globalization;

namespace CustomerService.Shell;

/// <summary>Times and durations in words.</summary>
internal static class RelativeTime
{
    /// <returns>"now", "4 min", "3 h", "2 d", then the date.</returns>
    public static string Age(DateTimeOffset now, DateTimeOffset at) => (now - at) switch
    {
        { TotalSeconds: < 60 } => "now",
        { TotalDays: >= 7 } => at.ToString("d MMM", CultureInfo.InvariantCulture),
        var age => Duration(age),
    };

    /// <returns>"just now", "4 min ago", "on 3 Oct".</returns>
    public static string Ago(DateTimeOffset now, DateTimeOffset at) => (now - at) switch
    {
        { TotalSeconds: < 60 } => "just now",
        { TotalDays: >= 7 } => "on " + Age(now, at),
        _ => Age(now, at) + " ago",
    };

    /// <returns>"under 1 min", "4 min", "3 h", "2 d".</returns>
    public static string Duration(TimeSpan duration) => duration switch
    {
        { TotalSeconds: < 60 } => "under 1 min",
        { TotalMinutes: < 60 } => $"{(int)duration.TotalMinutes} min",
        { TotalHours: < 24 } => $"{(int)duration.TotalHours} h",
        _ => $"{(int)duration.TotalDays} d",
    };

    /// <returns>"waiting 4 min"; null when nobody waits.</returns>
    public static string? Waiting(DateTimeOffset now, DateTimeOffset? since) =>
        since is { } start ? $"waiting {Duration(now - start)}" : null;

    public static string Exact(DateTimeOffset at) => at.ToString("d MMMM yyyy, HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);

    /// <returns>"Today", "Yesterday", or the date.</returns>
    public static string Day(DateTimeOffset now, DateTimeOffset at) => (now.UtcDateTime.Date - at.UtcDateTime.Date).Days switch
    {
        0 => "Today",
        1 => "Yesterday",
        _ => at.ToString("dddd, d MMMM", CultureInfo.InvariantCulture),
    };
}
