using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Runtime;

namespace CustomerService.Agents;

[GrainType("agents")]
internal sealed partial class AgentDirectoryGrain(
    [PersistentState("agents", AgentServices.Storage)] IPersistentState<AgentDirectory> state,
    Passwords passwords, IOptions<AgentOptions> options, TimeProvider time, ILogger<AgentDirectoryGrain> logger) : Grain, IAgentDirectoryGrain
{
    private static readonly Refusal WrongPassword =
        new(RefusalKind.Unauthenticated, "agent.wrong_password", "The name and the password do not match. Check both and try again.");

    private static readonly Refusal WeakPassword = new(
        RefusalKind.Invalid, "agent.weak_password",
        $"Choose a password of {AgentDirectory.MinPasswordLength} to {AgentDirectory.MaxPasswordLength} characters that is not the one you have.");

    public async Task<string?> StartFirstRunAsync(CancellationToken cancellationToken)
    {
        if (!state.State.IsFirstRun)
            return null;

        var password = passwords.NewOneTime();
        await SaveAsync(state.State.WithFirstAdmin(await passwords.HashAsync(password, cancellationToken)), cancellationToken);
        return password;
    }

    public async Task<Result<AgentProfile>> SignInAsync(string agent, string password, CancellationToken cancellationToken)
    {
        var known = AgentId.TryParse(agent.Trim().ToLowerInvariant(), null, out var id) ? state.State.Find(id) : null;
        var (proven, refusal) = await ProveAsync(known, password, cancellationToken);
        return refusal is null ? proven!.Profile : refusal;
    }

    public async Task<Result<AgentProfile>> ChangePasswordAsync(AgentId agent, string currentPassword, string newPassword, CancellationToken cancellationToken)
    {
        var (proven, refusal) = await ProveAsync(state.State.Find(agent), currentPassword, cancellationToken);
        if (refusal is not null)
            return refusal;
        if (newPassword.Length is < AgentDirectory.MinPasswordLength or > AgentDirectory.MaxPasswordLength || newPassword == currentPassword)
            return WeakPassword;

        var changed = proven!.WithOwnPassword(await passwords.HashAsync(newPassword, cancellationToken));
        await SaveAsync(state.State.With(changed), cancellationToken);
        LogPasswordChanged(agent);
        return changed.Profile;
    }

    public async Task<Result<string>> AddAsync(AgentProfile by, AgentId agent, string name, AgentRole role, CancellationToken cancellationToken)
    {
        var password = passwords.NewOneTime();
        var (next, refusal) = state.State.Add(by, agent, name, role, await passwords.HashAsync(password, cancellationToken));
        if (refusal is not null)
            return refusal;

        await SaveAsync(next!, cancellationToken);
        LogAdded(agent, role, by.Id);
        return password;
    }

    public async Task<Result<AgentProfile>> ChangeAsync(AgentProfile by, AgentId agent, AgentRole role, bool isDisabled, CancellationToken cancellationToken)
    {
        var (next, refusal) = state.State.Change(by, agent, role, isDisabled);
        if (refusal is not null)
            return refusal;

        await SaveAsync(next!, cancellationToken);
        LogChanged(agent, role, isDisabled, by.Id);
        return next!.Find(agent)!.Profile;
    }

    public Task<Result<AgentProfile>> GetAsync(AgentId agent, CancellationToken cancellationToken) =>
        Task.FromResult<Result<AgentProfile>>(state.State.Find(agent) is { } known ? known.Profile : AgentDirectory.NotFound);

    public Task<ImmutableArray<AgentProfile>> ListAsync(CancellationToken cancellationToken) =>
        Task.FromResult<ImmutableArray<AgentProfile>>([.. state.State.Agents.Values.Select(a => a.Profile).OrderBy(p => p.Name, StringComparer.OrdinalIgnoreCase)]);

    private async Task<Result<AgentRecord>> ProveAsync(AgentRecord? known, string password, CancellationToken cancellationToken)
    {
        if (known?.IsLocked(time.GetUtcNow()) == true)
            return Locked(known);
        if (!await passwords.VerifyAsync(password, known?.Password ?? passwords.Nobody, cancellationToken) || known is null)
            return known is null ? WrongPassword : await FailAsync(known, cancellationToken);
        if (known.Profile.IsDisabled)
            return WrongPassword;

        if (known != known.Succeeded())
            await SaveAsync(state.State.With(known.Succeeded()), cancellationToken);
        return known.Succeeded();
    }

    private async Task<Refusal> FailAsync(AgentRecord known, CancellationToken cancellationToken)
    {
        var failed = known.Failed(time.GetUtcNow(), options.Value);
        await SaveAsync(state.State.With(failed), cancellationToken);
        if (failed.LockedUntil is null)
            return WrongPassword;

        LogLocked(known.Profile.Id);
        return Locked(failed);
    }

    private Refusal Locked(AgentRecord agent)
    {
        var minutes = Math.Max(1, (int)Math.Ceiling((agent.LockedUntil!.Value - time.GetUtcNow()).TotalMinutes));
        return new(
            RefusalKind.TooMany, "agent.locked",
            $"Too many wrong passwords. Nobody can sign in with this name for {minutes} {(minutes == 1 ? "minute" : "minutes")}; try again after that.");
    }

    // A failed write leaves memory ahead of storage: drop the activation so that the next call reads the truth.
    private async Task SaveAsync(AgentDirectory next, CancellationToken cancellationToken)
    {
        state.State = next;
        try { await state.WriteStateAsync(cancellationToken); }
        catch { DeactivateOnIdle(); throw; }
    }

    [LoggerMessage(LogLevel.Information, "Agent {Agent} chose a new password")]
    private partial void LogPasswordChanged(AgentId agent);

    [LoggerMessage(LogLevel.Information, "Agent {Agent} added as {Role} by {By}")]
    private partial void LogAdded(AgentId agent, AgentRole role, AgentId by);

    [LoggerMessage(LogLevel.Information, "Agent {Agent} is now {Role}, disabled {IsDisabled}, by {By}")]
    private partial void LogChanged(AgentId agent, AgentRole role, bool isDisabled, AgentId by);

    [LoggerMessage(LogLevel.Warning, "Agent {Agent} is locked after too many wrong passwords")]
    private partial void LogLocked(AgentId agent);
}
