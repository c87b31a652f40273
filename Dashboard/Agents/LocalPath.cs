namespace CustomerService.Agents;

/// <summary>Where to go after signing in: only pages of the desk, never another site.</summary>
internal static class LocalPath
{
    public static string Of(string? asked) =>
        asked is not null && (asked == "/desk" || asked.StartsWith("/desk/", StringComparison.Ordinal) || asked.StartsWith("/desk?", StringComparison.Ordinal))
        && !asked.Contains('\\', StringComparison.Ordinal) && !asked.Contains("//", StringComparison.Ordinal)
            ? asked
            : "/desk";
}
