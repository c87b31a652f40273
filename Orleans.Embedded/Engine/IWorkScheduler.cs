namespace Orleans.Engine;

/// <summary>Where all work of the engine is queued: the thread pool, or under simulation a seeded order on one thread.</summary>
internal interface IWorkScheduler
{
    void Schedule(IThreadPoolWorkItem work);
}

internal sealed class ThreadPoolScheduler : IWorkScheduler
{
    public void Schedule(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: true);
}
