using CustomerService.Simulation.Scheduling;

namespace CustomerService.Simulation.Storage;

/// <summary>How storage behaves now. The simulation sets it; the disk's writers and readers ask.</summary>
internal sealed class StorageFaults(ulong seed)
{
    private readonly Chance _chance = new(seed);

    /// <summary>Share of commits that fail and store nothing.</summary>
    public double Failing { get; set; }

    /// <summary>Share of commits that store everything and report a failure.</summary>
    public double FailingAfterCommit { get; set; }

    /// <summary>Share of reads that fail.</summary>
    public double FailingReads { get; set; }

    public TimeSpan Slowness { get; set; }

    public CommitOutcome Next() =>
        _chance.Happens(Failing) ? CommitOutcome.Fails : _chance.Happens(FailingAfterCommit) ? CommitOutcome.FailsAfterCommit : CommitOutcome.Succeeds;

    public bool ReadFails() => FailingReads > 0 && _chance.Happens(FailingReads);

    public TimeSpan CommitTime() => _chance.Between(TimeSpan.FromMicroseconds(100), TimeSpan.FromMilliseconds(4)) + Slowness * _chance.Share();

    /// <summary>Most reads come from memory, at once.</summary>
    public TimeSpan ReadTime() => (_chance.Happens(0.8) ? TimeSpan.Zero : _chance.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(2))) + Slowness * _chance.Share();

    public void Heal() => (Failing, FailingAfterCommit, FailingReads, Slowness) = (0, 0, 0, TimeSpan.Zero);
}

internal enum CommitOutcome
{
    Succeeds,
    Fails,
    FailsAfterCommit,
}
