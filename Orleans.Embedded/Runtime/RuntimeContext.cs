using Orleans.Engine;

namespace Orleans.Runtime;

/// <summary>Which activation the current thread is running a turn of, if any.</summary>
internal static class RuntimeContext
{
    [ThreadStatic]
    private static Activation? t_current;

    public static IGrainContext? Current => t_current;

    internal static Activation? Activation => t_current;

    /// <summary>Makes <paramref name="activation"/> current and returns what was.</summary>
    internal static Activation? Enter(Activation? activation)
    {
        var previous = t_current;
        t_current = activation;
        return previous;
    }
}
