using Orleans.Concurrency;
using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>The activations that share one key of a stateless worker. A new one starts only when all are busy.</summary>
internal sealed class WorkerPool(GrainClass grainClass, IdSpan key, StatelessWorkerAttribute limits) : IDirectoryEntry
{
    private readonly List<Worker> _workers = [];
    private DirectoryLink _link;
    private bool _sealed;

    public IdSpan Key => key;

    ref DirectoryLink IDirectoryEntry.Link => ref _link;

    public Activation[] Workers
    {
        get
        {
            lock (_workers)
                return [.. _workers];
        }
    }

    public bool TryPost(Message message)
    {
        while (true)
        {
            Worker worker;
            lock (_workers)
            {
                if (_sealed)
                    return false;

                worker = LeastBusy();
                worker.Load++;
                worker.WasIdle = false;
            }

            if (worker.TryPost(message))
                return true;

            Remove(worker);
        }
    }

    /// <summary>Ends workers that have had nothing to do since the last inspection; one always stays.</summary>
    public void TrimIdle()
    {
        List<Worker> idle = [];
        lock (_workers)
        {
            foreach (var worker in _workers)
            {
                if (worker.Load == 0 && worker.WasIdle && _workers.Count - idle.Count > 1)
                    idle.Add(worker);
                worker.WasIdle = worker.Load == 0;
            }

            _workers.RemoveAll(idle.Contains);
        }

        foreach (var worker in idle)
            worker.Deactivate(new(DeactivationReasonCode.ActivationIdle, "Fewer workers are enough."));
    }

    private Worker LeastBusy()
    {
        Worker? best = null;
        foreach (var worker in _workers)
        {
            if (best is null || worker.Load < best.Load)
                best = worker;
        }

        if (best is { Load: 0 } || _workers.Count >= limits.MaxLocalWorkers)
            return best!;

        best = new Worker(this, grainClass, key);
        _workers.Add(best);
        return best;
    }

    private void Remove(Worker worker)
    {
        lock (_workers)
        {
            _workers.Remove(worker);
            _sealed = _workers.Count == 0;
            if (_sealed)
                grainClass.Replace(this, successor: null);
        }
    }

    private sealed class Worker(WorkerPool pool, GrainClass grainClass, IdSpan key) : Activation(grainClass, key)
    {
        /// <summary>Calls given to this worker and not yet ended; guarded by the pool's lock.</summary>
        public int Load { get; set; }

        /// <summary>Whether the last inspection found it without a call, and none came since.</summary>
        public bool WasIdle { get; set; }

        private protected override QueueLimits Limits => Cluster.Messaging.LimitsOf(isStatelessWorker: true);

        private protected override void OnFinished(Message message)
        {
            if (message is ITimerTick)
                return;

            lock (pool._workers)
                Load--;
        }

        private protected override void HandOver(List<Message> orphans, Exception? failure)
        {
            pool.Remove(this);
            foreach (var orphan in orphans)
            {
                if (failure is not null || Cluster.IsStopped)
                    orphan.Reject(failure ?? new SiloUnavailableException("The host has stopped."));
                else
                    Repost(orphan);
            }
        }

        private void Repost(Message orphan)
        {
            while (!Class.FindOrCreate(Key).TryPost(orphan))
            {
                // Another worker ended the pool just now; the next look-up finds its successor.
            }
        }
    }
}
