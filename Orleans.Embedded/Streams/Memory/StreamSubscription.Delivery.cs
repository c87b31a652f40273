using Orleans.Runtime;
using Orleans.Streams;
using Orleans.Streams.Core;

namespace Orleans.Engine;

// What happens in a delivery.
internal sealed partial class StreamSubscription
{
    /// <summary>Events that are delivered in one turn at most, as long as the observer does not wait for anything.</summary>
    public const int MaxEventsPerTurn = 100;

    private StreamEvent[] _taken = [];
    private int _next;
    private int _end;
    private int _size;
    private volatile StreamSequenceToken? _rewindTo;
    private DateTimeOffset? _failedSince;
    private int _tries;
    private Exception? _report;

    /// <summary>Goes back, or forward, to a place in the stream before the next delivery.</summary>
    public void RewindTo(StreamSequenceToken token)
    {
        _rewindTo = token;
        Wake();
    }

    private void Deliver()
    {
        var context = ExecutionContext.Capture();
        for (var left = MaxEventsPerTurn; left > 0 && Activation is not { IsLeaving: true } && Prepare(); left -= _size)
        {
            var running = RunOne();
            if (!running.IsCompleted)
            {
                _ = running.ContinueWith(
                    static (task, subscription) => ((StreamSubscription)subscription!).OnEnded(task), this, CancellationToken.None,
                    TaskContinuationOptions.ExecuteSynchronously, _host?.Scheduler ?? TaskScheduler.Default);
                return;
            }

            if (!running.IsCompletedSuccessfully)
            {
                OnEnded(running);
                return;
            }

            Advance();
            if (context is not null && ExecutionContext.Capture() != context)
                ExecutionContext.Restore(context);
        }

        Leave(again: _next < _end);
    }

    /// <summary>Finds what is next. False when there is nothing.</summary>
    private bool Prepare()
    {
        if (_rewindTo is not null && !_ended)
            Rewind();
        if (_report is null && _next == _end && !_ended)
            (_next, _end) = (0, hub.Take(this, Hands()));
        if (_ended)
            Forget();
        _size = Math.Min(1, _end - _next);
        return _size > 0 || _report is not null;
    }

    // Most subscriptions of a large host are idle: they keep no more room than they needed.
    private StreamEvent[] Hands() => _taken.Length < MaxEventsPerTurn && _taken.Length < Pending.Count
        ? _taken = new StreamEvent[Math.Clamp(Pending.Count, 4, MaxEventsPerTurn)]
        : _taken;

    private void Forget()
    {
        Array.Clear(_taken);
        (_next, _end, _failedSince, _tries, _report) = (0, 0, null, 0, null);
    }

    private Task RunOne()
    {
        try
        {
            var sink = Activation is { } activation ? AttachedSinks.Of(activation).BySubscription.GetValueOrDefault(id) : ClientSink;
            return sink is not null || Activation?.Instance is not IStreamSubscriptionObserver observer ? RunOne(sink) : AttachAndRunAsync(observer);
        }
        catch (Exception exception)
        {
            return Task.FromException(exception);
        }
    }

    private Task RunOne(StreamSink? sink)
    {
        _size = Math.Min(sink?.MaxBatch ?? 1, _end - _next);
        if (_report is not null)
            return sink?.ErrorAsync(_report) ?? Task.CompletedTask;

        Context = _taken[_next].Context;
        EnterContext();
        if (sink is not null)
            return sink.NextAsync(_taken.AsSpan(_next, _size));

        _cluster.Log.StreamEventDropped(hub.Id, Consumer);
        return Task.CompletedTask;
    }

    private async Task AttachAndRunAsync(IStreamSubscriptionObserver observer)
    {
        await observer.OnSubscribed(new HandleFactory(hub, id));
        await RunOne(AttachedSinks.Of(Activation!).BySubscription.GetValueOrDefault(id));
    }

    private void OnEnded(Task task)
    {
        if (!task.IsCompletedSuccessfully)
        {
            OnFailed(task.Exception?.InnerException ?? new TaskCanceledException(task));
            return;
        }

        Advance();
        Leave(again: true);
    }

    /// <summary>What was delivered, or reported, is done.</summary>
    private void Advance()
    {
        (_failedSince, _tries) = (null, 0);
        if (_report is QueueCacheMissException)
            _size = 0;
        _report = null;
        Array.Clear(_taken, _next, _size);
        _next += _size;
    }

    /// <summary>Again after a pause, until the events are too late; then the observer is told and they are left out.</summary>
    private void OnFailed(Exception exception)
    {
        _cluster.Log.StreamDeliveryFailed(exception, hub.Id);
        var host = _host;
        _host = null;
        host?.Finished(this);
        if (_report is not null || _ended)
        {
            Advance();
            Send();
            return;
        }

        var now = _cluster.Time.GetUtcNow();
        _failedSince ??= now;
        if (now - _failedSince >= hub.Provider.Options.MaxEventDeliveryTime)
        {
            // A grain that cannot even be activated has taken nothing yet that could be left out.
            if (_next == _end)
                Prepare();
            _report = new StreamEventDeliveryFailureException($"An event of stream {hub.Id} could not be delivered.", exception);
            Send();
            return;
        }

        var pause = TimeSpan.FromMilliseconds(100 * Math.Pow(2, Math.Min(_tries++, 10)));
        _ = SendLaterAsync(pause < s_longestPause ? pause : s_longestPause);
    }

    private void Rewind()
    {
        var token = Interlocked.Exchange(ref _rewindTo, null)!;
        hub.Exclusively(() =>
        {
            var waiting = _taken.AsSpan(_next, _end - _next).ToArray().Concat(Pending).ToList();
            var kept = hub.Provider.Cache.From(hub, token, out var missed);
            var before = waiting.Count == 0 ? kept : kept.FindAll(one => one.Place < waiting[0].Place);
            Pending = new(before.Concat(waiting.Where(one => one.Place >= StreamCache.PlaceOf(token))));
            Forget();
            if (missed)
                _report = new QueueCacheMissException(token.ToString(), Pending.FirstOrDefault()?.Token.ToString(), Pending.LastOrDefault()?.Token.ToString());
        });
    }

    private sealed class HandleFactory(MemoryStreamHub hub, Guid id) : IStreamSubscriptionHandleFactory
    {
        public StreamId StreamId => hub.Id;

        public string ProviderName => hub.Provider.Name;

        public StreamSubscriptionHandle<T> Create<T>() => new MemoryStreamHandle<T>(hub.Provider, hub.Id, id);
    }
}
