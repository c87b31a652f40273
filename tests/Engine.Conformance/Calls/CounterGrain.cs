namespace CustomerService.Conformance.Calls;

public interface ICounterGrain : IGrainWithStringKey
{
    Task<int> AddAsync(int amount);

    ValueTask<int> GetAsync();

    Task ResetAsync();

    Task FailAsync(string message);

    Task<string> KeyAsync();

    Task<ICounterGrain> SelfAsync();
}

public sealed class CounterGrain : Grain, ICounterGrain
{
    private int _value;

    public async Task<int> AddAsync(int amount)
    {
        // Read, give way, write: two calls at once would lose an amount.
        var before = _value;
        await Task.Yield();
        return _value = before + amount;
    }

    public ValueTask<int> GetAsync() => new(_value);

    public Task ResetAsync()
    {
        _value = 0;
        return Task.CompletedTask;
    }

    public Task FailAsync(string message) => throw new ArgumentOutOfRangeException(message);

    public Task<string> KeyAsync() => Task.FromResult(this.GetPrimaryKeyString());

    public Task<ICounterGrain> SelfAsync() => Task.FromResult(this.AsReference<ICounterGrain>());
}
