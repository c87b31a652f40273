using Orleans.Concurrency;

namespace CustomerService.Conformance.Activations;

/// <summary>A grain whose behaviour at its beginning and end is in its key.</summary>
public interface IDifficultGrain : IGrainWithStringKey
{
    Task<int> ActivationAsync();

    Task WaitAsync(string gate);

    Task LeaveAsync();

    /// <summary>Leaves, but stays at the gate and then at its second.</summary>
    Task LeaveAndWaitAsync(string gate);

    Task LeaveWithAsync(string message, string gate);

    [AlwaysInterleave]
    Task<int> InterleaveAsync();

    Task<string?> ContextAtActivationAsync();

    [OneWay]
    Task TellAsync();
}

public sealed class DifficultGrain : Grain, IDifficultGrain
{
    private readonly int _number = Lives.NewActivation();
    private string? _contextAtActivation;

    private string Key => this.GetPrimaryKeyString();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _contextAtActivation = RequestContext.Get("tenant") as string;
        Lives.Note(Key, "on");
        if (Key.EndsWith("/never-on", StringComparison.Ordinal) && Lives.Of(Key) == "on")
            return Task.Delay(Timeout.Infinite, CancellationToken.None);
        if (Key.EndsWith("/fails", StringComparison.Ordinal))
            throw new InvalidOperationException("Never.");
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Lives.Note(Key, $"off:{reason.ReasonCode}");
        Gate.Of(Key + "/off").Arrive();
        if (Key.EndsWith("/never-off", StringComparison.Ordinal))
            return Task.Delay(Timeout.Infinite, CancellationToken.None);
        if (Key.EndsWith("/fails-off", StringComparison.Ordinal))
            throw new InvalidOperationException("Not now.");
        return Task.CompletedTask;
    }

    public Task<int> ActivationAsync() => Task.FromResult(_number);

    public Task WaitAsync(string gate) => Gate.Of(gate).PassAsync();

    public Task LeaveAsync()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task LeaveAndWaitAsync(string gate)
    {
        DeactivateOnIdle();
        await Gate.Of(gate).PassAsync();
        await Gate.Of(gate + "/second").PassAsync();
    }

    public async Task LeaveWithAsync(string message, string gate)
    {
        await Gate.Of(gate).PassAsync();
        GrainContext.Deactivate(new(DeactivationReasonCode.ApplicationError, new NotSupportedException(message), message));
    }

    public Task<int> InterleaveAsync() => Task.FromResult(_number);

    public Task<string?> ContextAtActivationAsync() => Task.FromResult(_contextAtActivation);

    public Task TellAsync() => Task.CompletedTask;
}
