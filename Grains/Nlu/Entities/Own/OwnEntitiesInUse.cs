using System.Collections.Concurrent;
using CustomerService.Tenancy;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CustomerService.Nlu;

/// <summary>
/// The tenants' own entities in this process, ready to be found. Whoever analyses a message takes them without a call; only the first message of
/// all waits until they have been read once.
/// </summary>
internal sealed partial class OwnEntitiesInUse(IGrainFactory grains, IOptions<NluOptions> options, TimeProvider time, ILogger<OwnEntitiesInUse> logger)
{
    // One entry for each tenant that somebody wrote to.
    private readonly ConcurrentDictionary<TenantId, Entry> _tenants = [];

    /// <summary>What is sought in the tenant's messages now; null when there is nothing, or it could not be read within <paramref name="patience"/>.</summary>
    public async ValueTask<OwnEntities?> OfAsync(TenantId tenant, TimeSpan patience)
    {
        var entry = EntryOf(tenant);
        if (entry.IsDue(time, options.Value.OwnEntitiesInterval))
            _ = RefreshAsync(tenant);
        if (!entry.FirstLook.IsCompleted)
        {
            try { await entry.FirstLook.WaitAsync(patience, time); }
            catch (TimeoutException) { LogNotReady(tenant, patience); }
        }

        return entry.Entities;
    }

    /// <summary>Asks for newer ones. What fails is logged and tried again at the next look.</summary>
    /// <remarks>Not in the turn of a grain that asks: that may be the one that is asked.</remarks>
    public Task RefreshAsync(TenantId tenant) => Task.Run(() => LookAsync(tenant, EntryOf(tenant)));

    /// <summary>Takes entities into use, unless newer ones are.</summary>
    public void Keep(TenantId tenant, long version, OwnEntities entities) => EntryOf(tenant).Keep(version, entities);

    private async Task LookAsync(TenantId tenant, Entry entry)
    {
        try
        {
            if (await grains.GetGrain<IOwnEntitiesGrain>(tenant.Value).GetNewerAsync(entry.Version) is { } newer)
                entry.Keep(newer.Version, OwnEntities.Create(newer.Entities).ValueOrThrow());
        }
        catch (Exception failure)
        {
            LogNotRead(failure, tenant);
        }
        finally
        {
            entry.Looked(time.GetTimestamp());
        }
    }

    private Entry EntryOf(TenantId tenant) => _tenants.GetOrAdd(tenant, _ => new());

    [LoggerMessage(LogLevel.Warning, "Tenant {Tenant}: its own entities cannot be read; those in use stay")]
    private partial void LogNotRead(Exception failure, TenantId tenant);

    [LoggerMessage(LogLevel.Warning, "Tenant {Tenant}: its own entities were not read within {Patience}; a message goes without them")]
    private partial void LogNotReady(TenantId tenant, TimeSpan patience);

    private sealed class Entry
    {
        private readonly Lock _lock = new();
        private readonly TaskCompletionSource _firstLook = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private (long Version, OwnEntities? Entities) _kept;
        private long _lookedAt;
        private int _isLooking;

        public Task FirstLook => _firstLook.Task;

        public long Version { get { lock (_lock) return _kept.Version; } }

        public OwnEntities? Entities { get { lock (_lock) return _kept.Entities; } }

        /// <summary>True for one caller when it is time to look.</summary>
        public bool IsDue(TimeProvider time, TimeSpan interval)
        {
            var last = Interlocked.Read(ref _lookedAt);
            return (last == 0 || time.GetElapsedTime(last) >= interval) && Interlocked.Exchange(ref _isLooking, 1) == 0;
        }

        public void Looked(long now)
        {
            Interlocked.Exchange(ref _lookedAt, now);
            Interlocked.Exchange(ref _isLooking, 0);
            _firstLook.TrySetResult();
        }

        public void Keep(long version, OwnEntities entities)
        {
            lock (_lock)
                _kept = version > _kept.Version ? (version, entities.IsEmpty ? null : entities) : _kept;
        }
    }
}
