using System.Diagnostics;

namespace Orleans.Diagnostics;

/// <summary>The names under which traces can be subscribed to.</summary>
public static class ActivitySources
{
    /// <summary>Calls of the application's grains.</summary>
    public const string ApplicationGrainActivitySourceName = "Microsoft.Orleans.Application";

    /// <summary>Calls of the engine's own grains.</summary>
    public const string RuntimeActivitySourceName = "Microsoft.Orleans.Runtime";

    /// <summary>Activation and deactivation.</summary>
    public const string LifecycleActivitySourceName = "Microsoft.Orleans.Lifecycle";

    /// <summary>Storage operations.</summary>
    public const string StorageActivitySourceName = "Microsoft.Orleans.Storage";

    /// <summary>All of them.</summary>
    public const string AllActivitySourceName = "Microsoft.Orleans.*";

    internal static readonly ActivitySource ApplicationGrainSource = new(ApplicationGrainActivitySourceName, "1.2.0");
    internal static readonly ActivitySource RuntimeGrainSource = new(RuntimeActivitySourceName, "2.1.0");
    internal static readonly ActivitySource LifecycleGrainSource = new(LifecycleActivitySourceName, "1.1.0");
    internal static readonly ActivitySource StorageGrainSource = new(StorageActivitySourceName, "1.1.0");
}
