namespace CustomerService.Simulation.Storage;

/// <summary>What storage does wrong on purpose, to prove that it would be noticed. All false is the product.</summary>
internal sealed record StorageDefects
{
    public bool AcknowledgesBeforeCommit { get; init; }

    /// <summary>A failed commit is reported as a success.</summary>
    public bool SwallowsFailures { get; init; }

    /// <summary>A failed commit leaves the first entry of what it should have left nothing of.</summary>
    public bool TearsCommits { get; init; }

    /// <summary>A sequence number that is taken is overwritten instead of refused.</summary>
    public bool AcceptsTakenSequences { get; init; }

    /// <summary>Snapshots are stored when they are made, apart from the entries they stand for.</summary>
    public bool SavesSnapshotsAhead { get; init; }

    public bool LosesOutbox { get; init; }

    public bool KeepsOutbox { get; init; }

    public bool ForgetsDedupIds { get; init; }

    public bool IgnoresTags { get; init; }

    /// <summary>Grain states are acknowledged and not stored.</summary>
    public bool LosesStates { get; init; }
}
