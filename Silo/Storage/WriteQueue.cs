using System.Collections.Concurrent;

namespace CustomerService.Storage;

/// <summary>What waits for the writer. Adding costs a wake-up only when the writer sleeps.</summary>
internal sealed class WriteQueue : IDisposable
{
    private readonly ConcurrentQueue<IWriteJob> _jobs = [];
    private readonly SemaphoreSlim _wake = new(0);
    private int _isAsleep;
    private volatile bool _isClosed;

    public bool IsClosed => _isClosed;

    public bool IsEmpty => _jobs.IsEmpty;

    /// <summary>True when nothing will come any more.</summary>
    public bool IsEnded => _isClosed && _jobs.IsEmpty;

    public void Add(IWriteJob job)
    {
        _jobs.Enqueue(job);
        if (_isClosed)
            FailRest();
        else
            Wake();
    }

    /// <summary>Takes what there is, at most <paramref name="max"/>; waits when there is nothing.</summary>
    public void TakeTo(List<IWriteJob> batch, int max, TimeSpan wait)
    {
        if (_jobs.IsEmpty && wait > TimeSpan.Zero)
            Sleep(wait);
        while (batch.Count < max && _jobs.TryDequeue(out var job))
            batch.Add(job);
    }

    public void Close()
    {
        _isClosed = true;
        Wake();
    }

    /// <summary>Refuses what came too late for the writer.</summary>
    public void FailRest()
    {
        while (_jobs.TryDequeue(out var job))
            job.Fail(new ObjectDisposedException("storage"));
    }

    public void Dispose() => _wake.Dispose();

    private void Sleep(TimeSpan wait)
    {
        Interlocked.Exchange(ref _isAsleep, 1);
        if (_jobs.IsEmpty && !_isClosed)
            _wake.Wait(wait);
        // Whoever took the flag has released the semaphore or is about to.
        if (Interlocked.Exchange(ref _isAsleep, 0) == 0)
            _wake.Wait(0);
    }

    private void Wake()
    {
        // The job must be seen before the flag is looked at, or both sides could miss each other.
        Interlocked.MemoryBarrier();
        if (Volatile.Read(ref _isAsleep) == 1 && Interlocked.Exchange(ref _isAsleep, 0) == 1)
            _wake.Release();
    }
}
