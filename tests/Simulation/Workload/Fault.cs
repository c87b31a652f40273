using CustomerService.Simulation.Scheduling;

namespace CustomerService.Simulation.Workload;

internal enum FaultKind
{
    /// <summary>The process dies <see cref="Fault.Amount"/> steps later and comes back on the same disk.</summary>
    Crash,
    SlowStorage,
    FailingCommits,
    FailingAfterCommit,
    FailingReads,
    LostWakeUps,
    DoubledWakeUps,
    SilentUnderstanding,
    SilentAnswers,

    /// <summary>Dates jump by <see cref="Fault.Amount"/> minutes; timers do not.</summary>
    ClockJump,

    /// <summary>A second process serves the same keys, as a cluster may for a while; then it dies.</summary>
    SecondSilo,
}

/// <summary>One thing that goes wrong.</summary>
internal sealed record Fault(int Id, TimeSpan At, FaultKind Kind, TimeSpan For, int Amount)
{
    public static Fault Of(Chance chance, int id, TimeSpan burst)
    {
        var kind = chance.Happens(0.3) ? FaultKind.Crash : chance.Of(Enum.GetValues<FaultKind>());
        return new(
            id,
            TimeSpan.FromTicks(Math.Max(0, (burst + chance.Between(TimeSpan.FromSeconds(-1), TimeSpan.FromSeconds(3))).Ticks)),
            kind,
            chance.Of(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1)) * chance.Share(),
            kind == FaultKind.ClockJump ? chance.Below(361) - 180 : chance.Below(60));
    }

    public override string ToString() => Kind switch
    {
        FaultKind.Crash => $"! crash after {Amount} steps, back {For.TotalSeconds:0.0} s later",
        FaultKind.ClockJump => $"! clocks jump by {Amount} minutes",
        _ => $"! {Kind} for {For.TotalSeconds:0.0} s",
    };
}
