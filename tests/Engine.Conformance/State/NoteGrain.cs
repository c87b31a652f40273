using Orleans.Storage;

namespace CustomerService.Conformance.State;

[GenerateSerializer, Immutable, Alias("note")]
public sealed record Note([property: Id(0)] string Text, [property: Id(1)] int Version)
{
    public Note() : this("", 0)
    {
    }
}

public interface INoteGrain : IGrainWithStringKey
{
    Task<Note> GetAsync();

    Task<bool> ExistsAsync();

    Task WriteAsync(string text);

    Task WriteWithoutCatchingAsync(string text);

    Task<bool> WriteCatchingAsync(string text);

    Task ClearAsync();

    Task<int> ActivationAsync();

    Task WriteTwiceAtOnceAsync(string text);
}

public sealed class NoteGrain(
    [PersistentState("note", "Notes")] IPersistentState<Note> note, [PersistentState("second")] IPersistentState<Note> second) : Grain, INoteGrain
{
    private readonly int _number = Activations.Lives.NewActivation();

    public Task<Note> GetAsync() => Task.FromResult(note.State);

    public Task<bool> ExistsAsync() => Task.FromResult(note.RecordExists);

    public Task WriteAsync(string text) => WriteWithoutCatchingAsync(text);

    public async Task WriteWithoutCatchingAsync(string text)
    {
        note.State = new(text, note.State.Version + 1);
        await note.WriteStateAsync();
    }

    public async Task<bool> WriteCatchingAsync(string text)
    {
        try
        {
            await WriteWithoutCatchingAsync(text);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    public Task ClearAsync() => note.ClearStateAsync();

    public Task<int> ActivationAsync() => Task.FromResult(_number);

    public async Task WriteTwiceAtOnceAsync(string text)
    {
        second.State = new(text, 1);
        await Task.WhenAll(second.WriteStateAsync(), second.WriteStateAsync(), second.WriteStateAsync());
    }
}
