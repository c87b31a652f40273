using CustomerService.Conversations;
using Orleans.Concurrency;

namespace CustomerService.Routing;

/// <summary>The live conversations of one shard of a tenant: a versioned snapshot and what changed since.</summary>
/// <remarks>Key: <see cref="QueueKey"/>. Built from the journal's projection when activated; resolved conversations leave it.</remarks>
[Alias("queue")]
public interface IQueueGrain : IGrainWithStringKey
{
    /// <summary>Takes over a conversation's newest row. A row older than the one held changes nothing.</summary>
    /// <param name="row">The row.</param>
    [Alias("report"), OneWay]
    Task ReportAsync(ConversationRow row);

    /// <summary>Rows that changed after a version.</summary>
    /// <param name="afterVersion">The version last seen; 0 for everything.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The changes; a full list (<see cref="QueueChanges.IsSnapshot"/>) when the version is too old or of an earlier activation.</returns>
    [Alias("changes"), ReadOnly]
    Task<QueueChanges> GetChangesAsync(long afterVersion, CancellationToken cancellationToken = default);

    /// <summary>Wakes an observer after changes, at most once per <c>Routing:WakeInterval</c>, until it goes or <c>Routing:WatchExpiry</c> passes.</summary>
    /// <param name="observer">Whom to wake. Repeat the call to renew it.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The version now.</returns>
    [Alias("watch")]
    Task<long> WatchAsync(IQueueObserver observer, CancellationToken cancellationToken = default);

    /// <summary>Stops waking an observer.</summary>
    /// <param name="observer">Whom.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    [Alias("unwatch")]
    Task UnwatchAsync(IQueueObserver observer, CancellationToken cancellationToken = default);
}

/// <summary>Is told that a shard changed; best effort.</summary>
[Alias("queue-observer")]
public interface IQueueObserver : IGrainObserver
{
    /// <summary>There are changes up to a version.</summary>
    /// <param name="queue">Which shard.</param>
    /// <param name="version">Its version now.</param>
    [Alias("changed"), OneWay]
    Task ChangedAsync(QueueKey queue, long version);
}

/// <summary>What changed in a shard.</summary>
/// <param name="Version">The version that these changes lead to. Never 0.</param>
/// <param name="IsSnapshot">True when <paramref name="Rows"/> is everything there is: forget the rest.</param>
/// <param name="Rows">New and changed rows, in no order.</param>
/// <param name="Gone">Conversations that left, because they are resolved.</param>
[GenerateSerializer, Immutable, Alias("queue-changes")]
public sealed record QueueChanges(
    [property: Id(0)] long Version, [property: Id(1)] bool IsSnapshot, [property: Id(2)] ImmutableArray<ConversationRow> Rows, [property: Id(3)] ImmutableArray<ConversationKey> Gone);
