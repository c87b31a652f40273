using Orleans.Runtime;

namespace Orleans.Engine;

/// <summary>
/// One grain in memory. It is its own task scheduler, so whatever the grain awaits comes back as a turn, and its own
/// work item, so being scheduled allocates nothing. This file: the turns; the others: admission and lifecycle.
/// </summary>
internal partial class Activation(GrainClass grainClass, IdSpan key) : TaskScheduler, IThreadPoolWorkItem, IMessageHost, IDirectoryEntry, IWatched, IGrainContext
{
    // Rounds of the inbox before others get the thread.
    private const int RoundsPerRun = 16;

    private Mailbox _inbox = new();
    private WorkItem? _batch;
    private object? _instance;
    private int _watchFlag;
    private DirectoryLink _link;

    public Cluster Cluster => grainClass.Cluster;

    public GrainClass Class => grainClass;

    public IdSpan Key => key;

    public object? Instance => _instance;

    public object? GrainInstance => _instance;

    public TaskScheduler Scheduler => this;

    IGrainContext IMessageHost.GrainContext => this;

    public GrainId GrainId => GrainId.Create(grainClass.Type, key);

    public GrainReference GrainReference => Cluster.Registry.ReferenceTo(this);

    public bool IsBusy => !_inbox.IsIdle && !_inbox.IsSealed || _running is not null || _waitingHead is not null;

    ref int IWatched.WatchFlag => ref _watchFlag;

    ref DirectoryLink IDirectoryEntry.Link => ref _link;

    public bool TryPost(Message message) => TryAdd(message);

    public void Post(WorkItem item) => TryAdd(item);

    public bool Equals(IGrainContext? other) => ReferenceEquals(this, other);

    public override string ToString() => $"Activation of {GrainId}";

    void IThreadPoolWorkItem.Execute()
    {
        var outer = RuntimeContext.Enter(this);
        try
        {
            if (_state == ActivationState.Created)
                BeginActivation();

            for (var round = 0; round < RoundsPerRun && _inbox.TakeAll() is { } item; round++)
            {
                Process(item);
                AdmitWaiting();
                if (IsDeactivationDue)
                    BeginDeactivation();
            }
        }
        finally
        {
            RuntimeContext.Enter(outer);
        }

        if (!_inbox.TryRelease())
            Cluster.Scheduler.Schedule(this);
    }

    protected override void QueueTask(Task task)
    {
        if (!TryAdd(new TaskItem(task)))
            RunAfterlife(task);
    }

    // Inline only inside a turn of this very activation: anything else would be a second turn at once.
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        !taskWasPreviouslyQueued && RuntimeContext.Activation == this && TryExecuteTask(task);

    protected override IEnumerable<Task> GetScheduledTasks() => [];

    private bool TryAdd(WorkItem item)
    {
        if (!_inbox.TryAdd(item, out var wake))
            return false;

        if (wake)
            Wake();
        return true;
    }

    private void Wake()
    {
        Cluster.Watch.Add(this);
        Cluster.Scheduler.Schedule(this);
    }

    private void Process(WorkItem batch)
    {
        // The rest of the batch is in a field so that an end in the middle of it hands it over.
        for (_batch = batch; _batch is { } item;)
        {
            _batch = item.Next;
            item.Next = null;
            switch (item)
            {
                case Message message:
                    Enqueue(message);
                    break;
                case TaskItem task:
                    TryExecuteTask(task.Task);
                    break;
                case ControlItem control:
                    control.Run(this);
                    break;
            }
        }
    }

    /// <summary>Runs engine code as a turn, so that awaits in it and in the grain come back here.</summary>
    internal void RunTurn(Action<object?> turn, object state) => new Task(turn, state).RunSynchronously(this);

    /// <summary>A continuation of a grain that is gone: nothing else runs here any more, so a lock keeps turns apart.</summary>
    private void RunAfterlife(Task task) => Cluster.Scheduler.Schedule(new Afterlife(this, task));

    private sealed class Afterlife(Activation activation, Task task) : IThreadPoolWorkItem
    {
        public void Execute()
        {
            lock (activation.Extras.Gone)
            {
                var outer = RuntimeContext.Enter(activation);
                activation.TryExecuteTask(task);
                RuntimeContext.Enter(outer);
            }
        }
    }
}
