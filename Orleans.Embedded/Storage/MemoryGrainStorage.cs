using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Runtime;

namespace Orleans.Storage;

/// <summary>State in memory, lost with the process. Values are kept as they are: grain state is immutable or belongs to one grain.</summary>
public sealed class MemoryGrainStorage(string name) : IGrainStorage
{
    private readonly ConcurrentDictionary<(string State, GrainId Grain), Record> _records = [];
    private long _lastTag;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (_records.TryGetValue((stateName, grainId), out var record))
        {
            grainState.State = (T)record.State!;
            grainState.ETag = record.ETag;
            grainState.RecordExists = true;
        }
        else
        {
            Reset(grainState);
        }

        return Task.CompletedTask;
    }

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var next = new Record(grainState.State, Interlocked.Increment(ref _lastTag).ToString(CultureInfo.InvariantCulture));
        var key = (stateName, grainId);
        var written = grainState.ETag is null
            ? _records.TryAdd(key, next)
            : _records.TryGetValue(key, out var stored) && stored.ETag == grainState.ETag && _records.TryUpdate(key, next, stored);
        if (!written)
            return Task.FromException(Conflict(stateName, grainId, grainState.ETag));

        grainState.ETag = next.ETag;
        grainState.RecordExists = true;
        return Task.CompletedTask;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var key = (stateName, grainId);
        if (_records.TryGetValue(key, out var stored))
        {
            if (stored.ETag != grainState.ETag || !_records.TryRemove(new(key, stored)))
                return Task.FromException(Conflict(stateName, grainId, grainState.ETag));
        }

        Reset(grainState);
        return Task.CompletedTask;
    }

    private static void Reset<T>(IGrainState<T> grainState)
    {
        grainState.State = default;
        grainState.ETag = null;
        grainState.RecordExists = false;
    }

    private InconsistentStateException Conflict(string stateName, GrainId grainId, string? etag)
    {
        var stored = _records.TryGetValue((stateName, grainId), out var record) ? record.ETag : null;
        return new($"State {stateName} of {grainId} in storage {name} was changed by someone else.", stored, etag);
    }

    private sealed record Record(object? State, string ETag)
    {
        // By reference: TryUpdate and TryRemove must meet the very record that was read.
        public bool Equals(Record? other) => ReferenceEquals(this, other);

        public override int GetHashCode() => ETag.GetHashCode(StringComparison.Ordinal);
    }
}
