using Orleans.Runtime;
using Orleans.Streams;

namespace Orleans.Engine;

/// <summary>
/// Whom a stream's events go to: the grain of a class and key, or an observer outside the grains. At most one delivery is on
/// its way at a time, so the subscription is its own message. This file: when it runs; the other: what it does then.
/// </summary>
internal sealed partial class StreamSubscription(MemoryStreamHub hub, Guid id, GrainClass? grainClass, IdSpan key) : Message, IThreadPoolWorkItem
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(5);

    private readonly Cluster _cluster = hub.Provider.Cluster;
    private IMessageTarget? _target;
    private IMessageHost? _host;
    private int _scheduled;
    private volatile bool _ended;

    public Guid Id => id;

    public GrainClass? Class => grainClass;

    public GrainId Consumer => grainClass is null ? default : GrainId.Create(grainClass.Type, key);

    public bool IsImplicit { get; init; }

    /// <summary>The observer of a subscriber outside the grains; a grain's is attached to its activation.</summary>
    public StreamSink? ClientSink { get; set; }

    /// <summary>What waits; guarded by the hub's lock.</summary>
    public Queue<StreamEvent> Pending { get; private set; } = [];

    public bool IsIdle => Volatile.Read(ref _scheduled) == 0 && Pending.Count == 0;

    internal override MessageOptions Options => MessageOptions.OneWay;

    public bool IsOf(Activation? activation) => activation is null ? grainClass is null : grainClass == activation.Class && key == activation.Key;

    /// <summary>Makes sure that a delivery is on its way. Called without the hub's lock.</summary>
    public void Wake()
    {
        if (_scheduled == 0 && HasWork && Interlocked.CompareExchange(ref _scheduled, 1, 0) == 0)
            Send();
    }

    /// <summary>No more deliveries. Called under the hub's lock.</summary>
    public void End()
    {
        _ended = true;
        Pending.Clear();
    }

    internal override void Start(IMessageHost host)
    {
        VainWaits = 0;
        _host = host;
        Deliver();
    }

    /// <summary>A subscriber outside the grains.</summary>
    public void Execute() => Deliver();

    internal override void Reject(Exception exception) => OnFailed(exception);

    private bool HasWork => Pending.Count > 0 || (_rewindTo is not null && !_ended);

    private Activation? Activation => _host as Activation;

    /// <summary>The turn is over: what is left gets another, behind whoever waits for the grain.</summary>
    private void Leave(bool again)
    {
        var host = _host;
        _host = null;
        host?.Finished(this);
        if (again)
        {
            Send();
            return;
        }

        // Whoever publishes after this line wakes the subscription; what was published before it is seen here.
        Interlocked.Exchange(ref _scheduled, 0);
        Wake();
    }

    private void Send()
    {
        if (_cluster.IsStopped)
            return;

        if (grainClass is null)
        {
            _cluster.Scheduler.Schedule(this);
            return;
        }

        while (_target is null || !_target.TryPost(this))
        {
            // The activation ended just now; the next look-up finds its successor.
            _target = grainClass.FindOrCreate(key);
        }
    }

    private async Task SendLaterAsync(TimeSpan pause)
    {
        await Task.Delay(pause, _cluster.Time);
        Send();
    }
}
