using CustomerService.Evals;

namespace CustomerService.Benchmarks;

/// <summary>One line of the table: the engine, the bare mailbox doing the same in the same run, and what LIMITS.md says of Orleans.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Engine">The engine's cost.</param>
/// <param name="Bare">The bare mailbox's, where there is one.</param>
/// <param name="Limits">Orleans' figures, taken elsewhere.</param>
internal sealed record EngineRow(string Name, Measured Engine, Measured? Bare, string Limits)
{
    /// <summary>Resident bytes of one activation, where that is what is measured.</summary>
    public (double Engine, double Bare)? Resident { get; init; }

    /// <summary>Milliseconds from publishing to delivery, where that is what is measured.</summary>
    public (double P50, double P99)? Latency { get; init; }

    public IReadOnlyList<Figure> Figures { get; init; } = [];

    public static void Print(IEnumerable<EngineRow> rows)
    {
        Console.WriteLine($"{"engine",-34} {"1/s",11} {"CPU us/op",9} {"bare us",8} {"ratio",6} {"bytes/op",9} {"resident (bare)",16} {"p50/p99 ms",14} {"GC % (longest)",15}  LIMITS.md");
        foreach (var row in rows)
            Console.WriteLine(row);
    }

    public override string ToString()
    {
        var paused = $"{100 * (Engine.Paused / Engine.Wall):0.0} ({Engine.LongestPause.TotalMilliseconds:0.0} ms)";
        var ratio = Bare is null ? "" : $"{Engine.CpuMicroseconds / Bare.CpuMicroseconds:0.0}";
        var resident = Resident is { } bytes ? $"{bytes.Engine:0} ({bytes.Bare:0})" : "";
        var latency = Latency is { } ms ? $"{ms.P50:0.000}/{ms.P99:0.000}" : "";
        return $"{Name,-34} {Engine.PerSecond,11:0} {Engine.CpuMicroseconds,9:0.000} {Bare?.CpuMicroseconds,8:0.000} {ratio,6} {Engine.BytesPerOperation,9:0} {resident,16} {latency,14} {paused,15}  {Limits}";
    }
}
