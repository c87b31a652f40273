using CustomerService.Shell;
using CustomerService.Tenancy;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Routing;

/// <summary>The queue as one circuit sees it, live. One observer watches all shards; what is missed is fetched by version.</summary>
public sealed class QueueFeed(
    IGrainFactory grains, IOptions<TenancyOptions> tenancy, IOptions<DashboardOptions> options, TimeProvider time, ILogger<QueueFeed> logger) : IQueueObserver, IAsyncDisposable
{
    private readonly ImmutableArray<QueueKey> _queues = QueueKey.All(tenancy.Value.TenantId);
    private readonly Lock _gate = new();
    private LiveLoop? _loop;
    private IQueueObserver? _observer;

    public QueueBoard Board { get; } = new();

    /// <summary>True while the newest read failed: what is shown may be old.</summary>
    public bool IsStale { get; private set; }

    /// <summary>Raised on any thread after the board or <see cref="IsStale"/> changed.</summary>
    public event EventHandler? Changed;

    public void Start()
    {
        lock (_gate)
        {
            if (_loop is not null)
                return;

            _loop = new(options.Value, time, logger);
            _observer = grains.CreateObjectReference<IQueueObserver>(this);
            _loop.Start(WatchAsync, ReadAsync, _ => SetStale(true));
        }
    }

    public Task ChangedAsync(QueueKey queue, long version)
    {
        _loop?.Wake();
        return Task.CompletedTask;
    }

    /// <summary>Reads now, after an act of this agent, instead of waiting to be woken.</summary>
    public void Refresh() => _loop?.Wake();

    public async ValueTask DisposeAsync()
    {
        if (_loop is null)
            return;

        await _loop.DisposeAsync();
        foreach (var queue in _queues)
            await Quietly(() => Grain(queue).UnwatchAsync(_observer!));
        grains.DeleteObjectReference<IQueueObserver>(_observer!);
    }

    private async Task WatchAsync(CancellationToken cancellationToken)
    {
        foreach (var queue in _queues)
            await Grain(queue).WatchAsync(_observer!, cancellationToken);
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var changed = false;
        foreach (var queue in _queues)
        {
            var changes = await Grain(queue).GetChangesAsync(Board.VersionOf(queue), cancellationToken);
            lock (Board)
                changed |= Board.Apply(queue, changes);
        }

        if (IsStale)
            SetStale(false);
        else if (changed)
            Changed?.Invoke(this, EventArgs.Empty);
    }

    private void SetStale(bool isStale)
    {
        IsStale = isStale;
        Changed?.Invoke(this, EventArgs.Empty);
    }

    private IQueueGrain Grain(QueueKey queue) => grains.GetGrain<IQueueGrain>(queue.ToString());

    // The watch expires by itself when this cannot be said: the host may be stopping.
    private static async Task Quietly(Func<Task> call)
    {
        try { await call(); }
        catch (Exception fault) when (fault is TimeoutException or InvalidOperationException or OperationCanceledException) { }
    }
}
