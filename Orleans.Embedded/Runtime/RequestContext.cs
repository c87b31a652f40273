using Orleans.Engine;

namespace Orleans.Runtime;

/// <summary>Values that travel with a call from caller to callee, as a copy, and never back.</summary>
public static class RequestContext
{
    internal const string ReentrancyKey = "#CCR";

    private static readonly AsyncLocal<Dictionary<string, object>?> s_values = new();

    public static Guid ReentrancyId
    {
        get => Get(ReentrancyKey) is Guid id ? id : Guid.Empty;
        set
        {
            if (value == Guid.Empty)
                Remove(ReentrancyKey);
            else
                Set(ReentrancyKey, value);
        }
    }

    public static IEnumerable<string> Keys => s_values.Value?.Keys ?? Enumerable.Empty<string>();

    public static IEnumerable<KeyValuePair<string, object>> Entries => s_values.Value ?? Enumerable.Empty<KeyValuePair<string, object>>();

    // The dictionary is never changed after it was published here, so a call may carry it without copying it.
    internal static Dictionary<string, object>? Values
    {
        get => s_values.Value;
        set
        {
            if (!ReferenceEquals(s_values.Value, value))
                s_values.Value = value;
        }
    }

    public static object? Get(string key) => s_values.Value is { } values && values.TryGetValue(key, out var value) ? value : null;

    public static void Set(string key, object value) => s_values.Value = new(s_values.Value ?? []) { [key] = value };

    public static bool Remove(string key)
    {
        if (s_values.Value is not { } values || !values.ContainsKey(key))
            return false;

        var rest = new Dictionary<string, object>(values);
        rest.Remove(key);
        s_values.Value = rest.Count == 0 ? null : rest;
        return true;
    }

    public static void Clear() => Values = null;

    /// <summary>Until disposed, calls that descend from the current one may enter this activation although it is busy.</summary>
    public static ReentrancySection AllowCallChainReentrancy()
    {
        var original = ReentrancyId;
        return new(original, original == Guid.Empty ? Guid.NewGuid() : original);
    }

    public static ReentrancySection SuppressCallChainReentrancy() => new(ReentrancyId, Guid.Empty);

    public readonly struct ReentrancySection : IDisposable
    {
        private readonly Guid _original;
        private readonly Guid _new;
        private readonly Activation? _activation;

        public ReentrancySection(Guid originalReentrancyId, Guid newReentrancyId)
        {
            _original = originalReentrancyId;
            _new = newReentrancyId;
            _activation = newReentrancyId == Guid.Empty ? null : RuntimeContext.Activation;
            if (_new != _original)
                ReentrancyId = _new;
            _activation?.EnterReentrantSection(_new);
        }

        public void Dispose()
        {
            _activation?.ExitReentrantSection(_new);
            if (_new != _original)
                ReentrancyId = _original;
        }
    }
}
