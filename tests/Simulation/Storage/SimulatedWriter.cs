using CustomerService.Simulation.Scheduling;

namespace CustomerService.Simulation.Storage;

/// <summary>
/// The group commit of the product's SQLite writer without its thread: what waits when a commit ends goes into the next one, a batch that fails is tried
/// one by one, and callers hear of success in a step of their own, so that a crash can come between.
/// </summary>
internal sealed class SimulatedWriter(Node node, Disk disk, StorageFaults faults, StorageDefects defects)
{
    private static readonly TimeSpan ProjectionInterval = TimeSpan.FromSeconds(1);

    private List<Job> _waiting = [];
    private bool _isRunning;
    private long _projectedAt;

    /// <summary>Writes snapshots, in the transaction of the writes around it.</summary>
    public Action? Project { get; set; }

    /// <summary>Forgets what a rolled-back transaction had promised.</summary>
    public Action? Recover { get; set; }

    public Task<T> RunAsync<T>(Func<T> work)
    {
        var job = new Job<T>(work);
        _waiting.Add(job);
        if (defects.AcknowledgesBeforeCommit)
            job.Foretell(disk);
        if (!_isRunning)
        {
            _isRunning = true;
            node.Run(LoopAsync);
        }

        return job.Done;
    }

    private async Task LoopAsync()
    {
        while (_waiting.Count > 0)
        {
            await Task.Delay(faults.CommitTime(), node.Time);
            var batch = _waiting;
            _waiting = [];
            Commit(batch);
            await Task.Yield();
            batch.ForEach(job => job.Tell());
        }

        _isRunning = false;
    }

    private void Commit(List<Job> batch)
    {
        if (TryCommit(batch))
            return;

        foreach (var job in batch)
            TryCommit([job]);
    }

    private bool TryCommit(List<Job> jobs)
    {
        var outcome = faults.Next();
        foreach (var job in jobs)
            job.Run();
        if (node.Time.GetElapsedTime(_projectedAt) >= ProjectionInterval)
        {
            Project?.Invoke();
            _projectedAt = node.Time.GetTimestamp();
        }

        if (outcome == CommitOutcome.Fails)
        {
            disk.Rollback(keep: defects.TearsCommits ? 1 : 0);
            Recover?.Invoke();
        }

        disk.Commit();
        jobs.ForEach(job => job.Failed = outcome != CommitOutcome.Succeeds && !defects.SwallowsFailures);
        return outcome == CommitOutcome.Succeeds;
    }

    private abstract class Job
    {
        public bool Failed { get; set; }

        public abstract void Run();

        public abstract void Tell();

        public abstract void Foretell(Disk disk);
    }

    private sealed class Job<T>(Func<T> work) : Job
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private T _result = default!;

        public Task<T> Done => _done.Task;

        public override void Run() => _result = work();

        public override void Tell()
        {
            if (Failed)
                _done.TrySetException(new IOException("The write was not stored, or was it?"));
            else
                _done.TrySetResult(_result);
        }

        public override void Foretell(Disk disk)
        {
            _done.TrySetResult(work());
            disk.Rollback(keep: 0);
        }
    }
}
