namespace CustomerService.Simulation.Scheduling;

/// <summary>Numbers that are the same in every process and on every machine.</summary>
internal sealed class Chance(ulong seed)
{
    private ulong _state = seed;

    public static ulong Mix(ulong a, ulong b)
    {
        // SplitMix64's finisher over both.
        var z = unchecked(a * 0x9E3779B97F4A7C15 + b + 0x632BE59BD9B4E019);
        z = unchecked((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9);
        z = unchecked((z ^ (z >> 27)) * 0x94D049BB133111EB);
        return z ^ (z >> 31);
    }

    /// <summary>FNV-1a over UTF-16 code units.</summary>
    public static ulong Of(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in text)
            hash = unchecked((hash ^ unit) * 1099511628211);
        return hash;
    }

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = 14695981039346656037UL;
        foreach (var unit in bytes)
            hash = unchecked((hash ^ unit) * 1099511628211);
        return hash;
    }

    public ulong Next() => _state = Mix(_state, 1);

    /// <summary>0 to <paramref name="limit"/> − 1.</summary>
    public int Below(int limit) => (int)(Next() % (ulong)limit);

    public double Share() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Happens(double probability) => Share() < probability;

    public TimeSpan Between(TimeSpan least, TimeSpan most) => least + (most - least) * Share();

    public T Of<T>(params ReadOnlySpan<T> choices) => choices[Below(choices.Length)];
}
