using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>An observer's object behind a reference: one call at a time, in order, on the thread pool, held weakly.</summary>
internal sealed class ObserverTarget(Cluster cluster, IdSpan key, IGrainObserver observer) : IMessageTarget, IMessageHost, IWatched, IThreadPoolWorkItem
{
    private readonly WeakReference<IGrainObserver> _observer = new(observer);
    private readonly Queue<Message> _waiting = [];
    private Message? _running;
    private object? _instance;
    private bool _scheduled;
    private bool _gone;
    private int _watchFlag;

    public Cluster Cluster => cluster;

    public IdSpan Key => key;

    public object? Instance => _instance;

    public TaskScheduler Scheduler => TaskScheduler.Default;

    public IGrainContext? GrainContext => null;

    public bool IsBusy
    {
        get
        {
            lock (_waiting)
                return _running is not null || _waiting.Count > 0;
        }
    }

    ref int IWatched.WatchFlag => ref _watchFlag;

    public bool TryPost(Message message)
    {
        lock (_waiting)
        {
            if (_gone)
                return false;

            _waiting.Enqueue(message);
            if (_scheduled)
                return true;
            _scheduled = true;
        }

        cluster.Watch.Add(this);
        cluster.Scheduler.Schedule(this);
        return true;
    }

    /// <summary>Forgets the object; what still waits is refused.</summary>
    public void Delete()
    {
        Message[] orphans;
        lock (_waiting)
        {
            _gone = true;
            orphans = [.. _waiting];
            _waiting.Clear();
        }

        foreach (var orphan in orphans)
            orphan.Reject(Gone());
    }

    public void ExpireCalls()
    {
        Message[] calls;
        lock (_waiting)
            calls = _running is null ? [.. _waiting] : [_running, .. _waiting];
        foreach (var call in calls)
            call.Expire(cluster, ObserverDirectory.Type);
    }

    public void OnFault(Exception exception)
    {
    }

    public void Execute()
    {
        Message? message;
        lock (_waiting)
        {
            if (_running is not null)
                return;

            if (!_waiting.TryDequeue(out message))
            {
                _scheduled = false;
                return;
            }

            _running = message;
        }

        if (message.IsAbandoned)
        {
            Finished(message);
        }
        else if (_observer.TryGetTarget(out var instance))
        {
            _instance = instance;
            message.Start(this);
        }
        else
        {
            message.Reject(Gone());
            Finished(message);
        }
    }

    public void Finished(Message message)
    {
        lock (_waiting)
        {
            _running = null;
            _instance = null;
        }

        cluster.Scheduler.Schedule(this);
    }

    private static ClientNotAvailableException Gone() => new("The observer's object is gone.");
}
