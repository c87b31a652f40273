using Orleans.Runtime;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Orleans.Engine;

/// <summary>Whom a stream's events go to: the grain of a class and key, or an observer outside the grains.</summary>
internal sealed class StreamSubscription(Cluster cluster, MemoryStreamHub hub, Guid id, GrainClass? grainClass, IdSpan key)
{
    private const int MaxPending = 16_384;
    private static readonly TimeSpan s_maxDeliveryTime = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(5);

    private readonly Queue<StreamEvent> _pending = [];
    private bool _delivering;
    private bool _ended;

    public Guid Id => id;

    public GrainClass? Class => grainClass;

    public IdSpan Key => key;

    public bool IsImplicit { get; init; }

    /// <summary>The observer of a subscriber outside the grains; a grain's is attached to its activation.</summary>
    public StreamSink? ClientSink { get; set; }

    /// <summary>How many events go in one delivery; learnt from the observer at the first.</summary>
    public int MaxBatch { get; set; } = 1;

    public bool IsIdle
    {
        get
        {
            lock (_pending)
                return !_delivering && _pending.Count == 0;
        }
    }

    public bool IsOf(Activation? activation) => activation is null ? grainClass is null : grainClass == activation.Class && key == activation.Key;

    public void ThrowIfFull()
    {
        lock (_pending)
        {
            if (_pending.Count >= MaxPending)
                throw new InvalidOperationException($"{_pending.Count} events of stream {hub.Id} wait for {Consumer}: it takes them too slowly.");
        }
    }

    public void Add(StreamEvent one)
    {
        lock (_pending)
        {
            _pending.Enqueue(one);
            if (_delivering)
                return;
            _delivering = true;
        }

        SendNext();
    }

    public void End()
    {
        lock (_pending)
        {
            _ended = true;
            _pending.Clear();
        }
    }

    /// <summary>In a turn of the consumer: gives the events to its observer, which it may attach just now.</summary>
    public async Task DeliverAsync(Activation? activation, IReadOnlyList<StreamEvent> events)
    {
        if (await FindSinkAsync(activation) is not { } sink)
            return;

        MaxBatch = sink.MaxBatch;
        await sink.NextAsync(events);
    }

    public async Task ReportAsync(Activation? activation, Exception exception)
    {
        if (await FindSinkAsync(activation) is { } sink)
            await sink.ErrorAsync(exception);
    }

    /// <summary>The delivery has ended: go on with what came meanwhile, or rest.</summary>
    public void OnDelivered()
    {
        bool more;
        lock (_pending)
            more = _delivering = _pending.Count > 0;

        if (more)
            SendNext();
        else
            hub.RetireIfIdle();
    }

    /// <summary>The delivery failed: again after a pause, until the events are a minute late; then the observer is told and they are left out.</summary>
    public void OnFailed(StreamDelivery delivery, Exception exception)
    {
        cluster.Log.StreamDeliveryFailed(exception, hub.Id);
        if (delivery.IsReport || _ended)
        {
            OnDelivered();
            return;
        }

        var now = cluster.Time.GetUtcNow();
        var since = delivery.FirstFailure ?? now;
        var next = now - since >= s_maxDeliveryTime
            ? new StreamDelivery(this, delivery.Events) { Report = new StreamEventDeliveryFailureException($"An event of stream {hub.Id} could not be delivered.", exception) }
            : new StreamDelivery(this, delivery.Events) { FirstFailure = since, Tries = delivery.Tries + 1 };
        _ = SendLaterAsync(next, next.IsReport ? TimeSpan.Zero : Pause(delivery.Tries));
    }

    private string Consumer => grainClass is null ? "a client" : $"{grainClass.Type}/{key}";

    private static TimeSpan Pause(int tries)
    {
        var pause = TimeSpan.FromMilliseconds(100 * Math.Pow(2, Math.Min(tries, 10)));
        return pause < s_longestPause ? pause : s_longestPause;
    }

    private async Task SendLaterAsync(StreamDelivery delivery, TimeSpan pause)
    {
        if (pause > TimeSpan.Zero)
            await Task.Delay(pause, cluster.Time).ConfigureAwait(false);
        Send(delivery);
    }

    private void SendNext()
    {
        List<StreamEvent> events = [];
        lock (_pending)
        {
            while (events.Count < MaxBatch && _pending.TryDequeue(out var one))
                events.Add(one);
        }

        if (events.Count == 0)
            OnDelivered();
        else
            Send(new(this, events));
    }

    private void Send(StreamDelivery delivery)
    {
        if (cluster.IsStopped)
            return;

        if (grainClass is null)
        {
            _ = Task.Run(delivery.RunOutsideAsync);
            return;
        }

        while (!grainClass.FindOrCreate(key).TryPost(delivery))
        {
            // The activation ended just now; the next look-up finds its successor.
        }
    }

    private async ValueTask<StreamSink?> FindSinkAsync(Activation? activation)
    {
        if (activation is null)
            return ClientSink;

        var sinks = AttachedSinks.Of(activation).BySubscription;
        if (!sinks.ContainsKey(id) && activation.Instance is IStreamSubscriptionObserver observer)
            await observer.OnSubscribed(new HandleFactory(hub, this));
        return sinks.GetValueOrDefault(id);
    }

    private sealed class HandleFactory(MemoryStreamHub hub, StreamSubscription subscription) : IStreamSubscriptionHandleFactory
    {
        public StreamId StreamId => hub.Id;

        public string ProviderName => hub.Provider.Name;

        public StreamSubscriptionHandle<T> Create<T>() => new MemoryStreamHandle<T>(hub.Provider, hub.Id, subscription.Id);
    }
}
