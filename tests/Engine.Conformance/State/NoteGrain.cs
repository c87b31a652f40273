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

    Task<string?> EtagAsync();

    /// <summary>Lets the other's conflict pass through.</summary>
    Task WriteToAsync(INoteGrain other, string text);
}

public sealed class NoteGrain([PersistentState("note", "Notes")] IPersistentState<Note> note) : Grain, INoteGrain
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

    public Task<string?> EtagAsync() => Task.FromResult(note.Etag)!;

    public Task WriteToAsync(INoteGrain other, string text) => other.WriteWithoutCatchingAsync(text);

    public Task ClearAsync() => note.ClearStateAsync();

    public Task<int> ActivationAsync() => Task.FromResult(_number);
}

public interface ICountingGrain : IGrainWithStringKey
{
    Task<int> CountAsync();

    Task ForgetAsync();

    Task LeaveAsync();
}

/// <summary>State as the base class has it.</summary>
public sealed class CountingGrain : Grain<Note>, ICountingGrain
{
    public async Task<int> CountAsync()
    {
        State = State with { Version = State.Version + 1 };
        await WriteStateAsync();
        return State.Version;
    }

    public Task ForgetAsync() => ClearStateAsync();

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }
}
