using System.Globalization;
using System.Text.Json;
using CustomerService.Simulation.Scheduling;
using Orleans.Runtime;
using Orleans.Storage;

namespace CustomerService.Simulation.Storage;

/// <summary>Grains' own states on the simulated disk, through the same commits as the journal.</summary>
internal sealed class SimulatedGrainStorage(Node node, Disk disk, SimulatedWriter writer, StorageFaults faults, StorageDefects defects) : IGrainStorage
{
    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        await Task.Delay(faults.ReadTime(), node.Time);
        if (faults.ReadFails())
            throw new IOException("The disk could not be read.");

        var exists = disk.States.TryGetValue((stateName, grainId.ToString()), out var known);
        grainState.RecordExists = exists;
        grainState.ETag = exists ? known.Tag.ToString(CultureInfo.InvariantCulture) : null;
        grainState.State = exists ? JsonSerializer.Deserialize<T>(known.Body)! : Activator.CreateInstance<T>();
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (key, tag, body) = ((stateName, grainId.ToString()), Number(grainState.ETag), JsonSerializer.SerializeToUtf8Bytes(grainState.State));
        if (!await writer.RunAsync(() => Write(key, tag, body)))
            throw new InconsistentStateException("The state was changed by somebody else.", storedEtag: null, currentEtag: grainState.ETag);

        grainState.ETag = (tag + 1).ToString(CultureInfo.InvariantCulture);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var (key, tag) = ((stateName, grainId.ToString()), Number(grainState.ETag));
        if (!await writer.RunAsync(() => Write(key, tag, null)))
            throw new InconsistentStateException("The state was changed by somebody else.", storedEtag: null, currentEtag: grainState.ETag);

        (grainState.ETag, grainState.RecordExists, grainState.State) = (null, false, Activator.CreateInstance<T>());
    }

    private bool Write((string, string) key, long tag, byte[]? body)
    {
        var stored = disk.States.TryGetValue(key, out var known) ? known.Tag : 0;
        if (stored != tag && !defects.IgnoresTags)
            return false;
        if (!defects.LosesStates)
            disk.Write(key, Math.Max(stored, tag) + 1, body);
        return true;
    }

    private static long Number(string? tag) => tag is null ? 0 : long.Parse(tag, CultureInfo.InvariantCulture);
}
