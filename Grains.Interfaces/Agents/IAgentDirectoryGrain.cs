using Orleans.Concurrency;

namespace CustomerService.Agents;

/// <summary>The people who may sign in to a tenant's desk.</summary>
/// <remarks>Key: <see cref="Tenancy.TenantId"/>. Reads interleave with everything: they do not wait for a password to be checked.</remarks>
[Alias("agents")]
public interface IAgentDirectoryGrain : IGrainWithStringKey
{
    /// <summary>Makes the administrator <c>admin</c> when the tenant has no agent yet, or gives it a new one-time password while it has not chosen its own.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The one-time password, to be printed once; null when somebody has chosen a password before.</returns>
    [Alias("first-run")]
    Task<string?> StartFirstRunAsync(CancellationToken cancellationToken = default);

    /// <summary>Checks a name and password.</summary>
    /// <param name="agent">The agent's id as typed; case and outer blanks do not matter.</param>
    /// <param name="password">The password as typed.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>
    /// The profile; or <see cref="RefusalKind.Unauthenticated"/> <c>agent.wrong_password</c>, the same for an unknown name; or
    /// <see cref="RefusalKind.TooMany"/> <c>agent.locked</c> after <c>Agents:MaxSignInFailures</c> failures, for <c>Agents:LockTime</c>.
    /// </returns>
    [Alias("sign-in")]
    Task<Result<AgentProfile>> SignInAsync(string agent, string password, CancellationToken cancellationToken = default);

    /// <summary>Changes a password.</summary>
    /// <param name="agent">Whose.</param>
    /// <param name="currentPassword">The password so far.</param>
    /// <param name="newPassword">The new one, 12 to 128 characters, not the old one.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The profile; or <see cref="RefusalKind.Unauthenticated"/> <c>agent.wrong_password</c>; or <see cref="RefusalKind.Invalid"/> <c>agent.weak_password</c>.</returns>
    [Alias("change-password")]
    Task<Result<AgentProfile>> ChangePasswordAsync(AgentId agent, string currentPassword, string newPassword, CancellationToken cancellationToken = default);

    /// <summary>Adds a person with a one-time password.</summary>
    /// <param name="by">Who adds; must be an administrator.</param>
    /// <param name="agent">The new id.</param>
    /// <param name="name">The name to show, 1 to 80 characters.</param>
    /// <param name="role">What the person may do.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The one-time password; or <see cref="RefusalKind.Conflict"/> <c>agent.exists</c>; or <see cref="RefusalKind.Forbidden"/> <c>agent.not_allowed</c>.</returns>
    [Alias("add")]
    Task<Result<string>> AddAsync(AgentProfile by, AgentId agent, string name, AgentRole role, CancellationToken cancellationToken = default);

    /// <summary>Changes what a person may do, or whether they may sign in at all.</summary>
    /// <param name="by">Who changes; must be an administrator, and cannot change themselves.</param>
    /// <param name="agent">Whom.</param>
    /// <param name="role">The role from now on.</param>
    /// <param name="isDisabled">True to refuse sign-in.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The profile; or <see cref="RefusalKind.NotFound"/> <c>agent.not_found</c>; or <see cref="RefusalKind.Forbidden"/> <c>agent.not_allowed</c>.</returns>
    [Alias("change")]
    Task<Result<AgentProfile>> ChangeAsync(AgentProfile by, AgentId agent, AgentRole role, bool isDisabled, CancellationToken cancellationToken = default);

    /// <summary>One person, as they are now.</summary>
    /// <param name="agent">Whom.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The profile; or <see cref="RefusalKind.NotFound"/> <c>agent.not_found</c>.</returns>
    [Alias("get"), AlwaysInterleave]
    Task<Result<AgentProfile>> GetAsync(AgentId agent, CancellationToken cancellationToken = default);

    /// <summary>Everybody.</summary>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>Sorted by name.</returns>
    [Alias("list"), AlwaysInterleave]
    Task<ImmutableArray<AgentProfile>> ListAsync(CancellationToken cancellationToken = default);
}

/// <summary>A person who answers for the tenant.</summary>
/// <param name="Id">Unique within the tenant.</param>
/// <param name="Name">The name to show.</param>
/// <param name="Role">What the person may do.</param>
/// <param name="MustChangePassword">True while the password is a one-time one.</param>
/// <param name="IsDisabled">True when sign-in is refused.</param>
[GenerateSerializer, Immutable, Alias("agent-profile")]
public sealed record AgentProfile(
    [property: Id(0)] AgentId Id,
    [property: Id(1)] string Name,
    [property: Id(2)] AgentRole Role,
    [property: Id(3)] bool MustChangePassword = false,
    [property: Id(4)] bool IsDisabled = false);

/// <summary>What a person may do; each role may do what those before it may.</summary>
[GenerateSerializer, Alias("agent-role")]
public enum AgentRole
{
    /// <summary>Answers conversations.</summary>
    Agent,

    /// <summary>Also sees everybody's work and takes over from others.</summary>
    Supervisor,

    /// <summary>Also manages people and settings.</summary>
    Admin,
}
