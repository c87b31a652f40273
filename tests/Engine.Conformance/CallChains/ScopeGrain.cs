namespace CustomerService.Conformance.CallChains;

public interface IScopeGrain : IGrainWithStringKey
{
    /// <summary>Asks the other grain to call back, inside or outside of the scopes it names in order: allow, suppress, or end of scope.</summary>
    Task<string> AskAsync(IScopeGrain other, string scopes, bool patiently);

    Task<string> AskBackAsync(IScopeGrain caller, bool patiently);

    Task<string> AnswerAsync();

    [ResponseTimeout("00:00:00.3")]
    Task<string> AnswerSoonAsync();

    Task<string> AskWhileWaitingAsync(IScopeGrain other, string gate);

    Task WaitAtAsync(string gate);
}

public sealed class ScopeGrain : Grain, IScopeGrain
{
    public async Task<string> AskAsync(IScopeGrain other, string scopes, bool patiently)
    {
        var entered = new Stack<IDisposable>();
        foreach (var scope in scopes.Split(' '))
        {
            if (scope == "end")
                entered.Pop().Dispose();
            else
                entered.Push(scope == "allow" ? RequestContext.AllowCallChainReentrancy() : RequestContext.SuppressCallChainReentrancy());
        }

        var answer = await other.AskBackAsync(this.AsReference<IScopeGrain>(), patiently);
        while (entered.TryPop(out var left))
            left.Dispose();
        return answer;
    }

    public Task<string> AskBackAsync(IScopeGrain caller, bool patiently) => patiently ? caller.AnswerAsync() : caller.AnswerSoonAsync();

    public Task<string> AnswerAsync() => Task.FromResult("here");

    public Task<string> AnswerSoonAsync() => Task.FromResult("here");

    public async Task<string> AskWhileWaitingAsync(IScopeGrain other, string gate)
    {
        using var scope = RequestContext.AllowCallChainReentrancy();
        await other.WaitAtAsync(gate);
        return "done";
    }

    public Task WaitAtAsync(string gate) => Gate.Of(gate).PassAsync();
}
