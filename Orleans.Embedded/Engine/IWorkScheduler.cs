namespace Orleans.Engine;

/// <summary>Where all work of the engine is queued: the thread pool, or under simulation a seeded order on one thread.</summary>
internal interface IWorkScheduler
{
    void Schedule(IThreadPoolWorkItem work);
}

/// <summary>Where the engine's own ids come from: chance, or under simulation a count.</summary>
internal class EngineIds
{
    public virtual Guid Next() => Guid.NewGuid();
}

internal sealed class ThreadPoolScheduler : IWorkScheduler
{
    public void Schedule(IThreadPoolWorkItem work) => ThreadPool.UnsafeQueueUserWorkItem(work, preferLocal: true);
}
