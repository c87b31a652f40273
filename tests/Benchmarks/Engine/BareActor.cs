using System.Collections.Concurrent;
using System.Threading.Tasks.Sources;

namespace CustomerService.Benchmarks;

/// <summary>
/// The limit: a mailbox and nothing else. Messages are an intrusive list, the actor is its own work item, the answer is a pooled
/// value task. No turn scheduler, no directory of its own, no filters, no timeouts, no request context.
/// </summary>
internal sealed class BareActor : IThreadPoolWorkItem
{
    private static readonly BareMessage s_idle = new();

    private BareMessage? _head = s_idle;
    private long _sum;

    /// <summary>Where messages go on to, if anywhere.</summary>
    public BareActor? Next { get; init; }

    /// <summary>What happens with a message that is not sent on.</summary>
    public Action<long>? Handler { get; init; }

    /// <summary>Ballast.</summary>
    public byte[]? State { get; init; }

    public ValueTask<int> CallAsync(int value)
    {
        var message = BareMessage.Rent(value);
        var answer = message.Answer;
        Post(message);
        return answer;
    }

    /// <summary>Sends without waiting for an answer.</summary>
    public void Tell(long value) => Post(BareMessage.OneWay(value));

    public void Execute()
    {
        while (true)
        {
            for (var message = OldestFirst(Interlocked.Exchange(ref _head, null)); message is not null;)
            {
                var next = message.Link;
                Handle(message);
                message = next;
            }

            if (Interlocked.CompareExchange(ref _head, s_idle, null) is null)
                return;
        }
    }

    private void Handle(BareMessage message)
    {
        if (Next is not null)
        {
            Next.Post(message);
            return;
        }

        _sum += message.Value;
        Handler?.Invoke(message.Value);
        message.Complete((int)_sum & 1);
    }

    private void Post(BareMessage message)
    {
        var head = Volatile.Read(ref _head);
        while (true)
        {
            message.Link = ReferenceEquals(head, s_idle) ? null : head;
            var seen = Interlocked.CompareExchange(ref _head, message, head);
            if (ReferenceEquals(seen, head))
                break;
            head = seen;
        }

        if (ReferenceEquals(head, s_idle))
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: true);
    }

    private static BareMessage? OldestFirst(BareMessage? newest)
    {
        BareMessage? result = null;
        while (newest is not null)
            (newest.Link, result, newest) = (result, newest, newest.Link);
        return result;
    }
}

internal sealed class BareMessage : IValueTaskSource<int>
{
    [ThreadStatic]
    private static Stack<BareMessage>? t_pool;

    private ManualResetValueTaskSourceCore<int> _answer = new() { RunContinuationsAsynchronously = true };
    private bool _isOneWay;

    public BareMessage? Link { get; set; }

    public long Value { get; private set; }

    public ValueTask<int> Answer => new(this, _answer.Version);

    public static BareMessage Rent(long value)
    {
        if (!(t_pool ??= new()).TryPop(out var message))
            message = new();
        message.Value = value;
        return message;
    }

    public static BareMessage OneWay(long value) => new() { Value = value, _isOneWay = true };

    public void Complete(int result)
    {
        if (!_isOneWay)
            _answer.SetResult(result);
    }

    public int GetResult(short token)
    {
        var result = _answer.GetResult(token);
        _answer.Reset();
        var pool = t_pool ??= new();
        if (pool.Count < 1024)
            pool.Push(this);
        return result;
    }

    public ValueTaskSourceStatus GetStatus(short token) => _answer.GetStatus(token);

    public void OnCompleted(Action<object?> continuation, object? state, short token, ValueTaskSourceOnCompletedFlags flags) =>
        _answer.OnCompleted(continuation, state, token, flags);
}

/// <summary>Bare actors by key.</summary>
internal sealed class BareDirectory
{
    private readonly ConcurrentDictionary<long, BareActor> _actors = [];

    public BareActor Get(long key) => _actors.GetOrAdd(key, static _ => new() { State = new byte[EngineBenchmark.StateBytes - EngineBenchmark.ArrayHeader] });
}
