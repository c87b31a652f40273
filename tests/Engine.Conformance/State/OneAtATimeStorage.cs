using Orleans.Storage;

namespace CustomerService.Conformance.State;

/// <summary>A storage that takes its time, and fails when it is asked for two things at once.</summary>
internal sealed class OneAtATimeStorage : IGrainStorage
{
    private int _busy;

    public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => WorkAsync();

    public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => WorkAsync();

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) => WorkAsync();

    private async Task WorkAsync()
    {
        if (Interlocked.Increment(ref _busy) > 1)
            throw new InvalidOperationException("Two operations at once.");
        await Task.Yield();
        Interlocked.Decrement(ref _busy);
    }
}

public interface ISlowNoteGrain : IGrainWithStringKey
{
    Task WriteAtOnceAsync(int times);
}

public sealed class SlowNoteGrain([PersistentState("slow", "OneAtATime")] IPersistentState<Note> note) : Grain, ISlowNoteGrain
{
    public Task WriteAtOnceAsync(int times) => Task.WhenAll(Enumerable.Range(0, times).Select(_ => note.WriteStateAsync()));
}
