namespace CustomerService.Agents;

/// <summary>The people of a tenant and the rules of who may sign in and change whom.</summary>
[GenerateSerializer, Immutable, Alias("agent-directory")]
internal sealed record AgentDirectory
{
    public const int MinPasswordLength = 12;
    public const int MaxPasswordLength = 128;
    public const int MaxNameLength = 80;

    public static readonly AgentId FirstAdmin = new("admin");

    [Id(0)]
    public ImmutableDictionary<string, AgentRecord> Agents { get; init; } = ImmutableDictionary<string, AgentRecord>.Empty;

    /// <summary>True until somebody has chosen a password of their own: before that nobody could get in without the one that was printed.</summary>
    public bool IsFirstRun => Agents.Count == 0 || (Agents.Count == 1 && Agents.Values.First().Profile.MustChangePassword);

    public AgentRecord? Find(AgentId id) => Agents.GetValueOrDefault(id.Value);

    public AgentDirectory With(AgentRecord agent) => this with { Agents = Agents.SetItem(agent.Profile.Id.Value, agent) };

    public AgentDirectory WithFirstAdmin(PasswordHash password) =>
        With(new(new(FirstAdmin, "Administrator", AgentRole.Admin, MustChangePassword: true), password));

    public Result<AgentDirectory> Add(AgentProfile by, AgentId id, string name, AgentRole role, PasswordHash password)
    {
        if (!IsAdmin(by))
            return NotAllowed("Only an administrator may add people.");
        if (name.Trim() is not { Length: > 0 and <= MaxNameLength } shown)
            return new Refusal(RefusalKind.Invalid, "agent.bad_name", $"Give a name of 1 to {MaxNameLength} characters.");
        if (Find(id) is not null)
            return new Refusal(RefusalKind.Conflict, "agent.exists", "Somebody already has this sign-in name. Choose another one.");

        return With(new(new(id, shown, role, MustChangePassword: true), password));
    }

    public Result<AgentDirectory> Change(AgentProfile by, AgentId id, AgentRole role, bool isDisabled)
    {
        if (!IsAdmin(by))
            return NotAllowed("Only an administrator may change people.");
        if (by.Id == id)
            return NotAllowed("You cannot change your own role. Ask another administrator.");
        if (Find(id) is not { } agent)
            return NotFound;

        return With(agent with { Profile = agent.Profile with { Role = role, IsDisabled = isDisabled } });
    }

    /// <summary>Whoever asks is judged by what the directory holds now, not by what they bring.</summary>
    private bool IsAdmin(AgentProfile by) => Find(by.Id)?.Profile is { Role: AgentRole.Admin, IsDisabled: false };

    public static Refusal NotFound { get; } = new(RefusalKind.NotFound, "agent.not_found", "There is nobody with this sign-in name.");

    private static Refusal NotAllowed(string detail) => new(RefusalKind.Forbidden, "agent.not_allowed", detail);
}

/// <summary>A person with what proves them.</summary>
/// <param name="Profile">What others see.</param>
/// <param name="Password">What proves them.</param>
/// <param name="Failures">Wrong passwords since the last right one or the last lock.</param>
/// <param name="LockedUntil">Until when no password is accepted, UTC; null when none is locked.</param>
[GenerateSerializer, Immutable, Alias("agent-record")]
internal sealed record AgentRecord(
    [property: Id(0)] AgentProfile Profile, [property: Id(1)] PasswordHash Password, [property: Id(2)] int Failures = 0, [property: Id(3)] DateTimeOffset? LockedUntil = null)
{
    public bool IsLocked(DateTimeOffset now) => now < LockedUntil;

    public AgentRecord Failed(DateTimeOffset now, AgentOptions options) =>
        Failures + 1 < options.MaxSignInFailures
            ? this with { Failures = Failures + 1, LockedUntil = null }
            : this with { Failures = 0, LockedUntil = now + options.LockTime };

    public AgentRecord Succeeded() => this with { Failures = 0, LockedUntil = null };

    public AgentRecord WithOwnPassword(PasswordHash password) =>
        this with { Password = password, Failures = 0, LockedUntil = null, Profile = Profile with { MustChangePassword = false } };
}
