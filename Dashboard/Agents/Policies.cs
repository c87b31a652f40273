using Microsoft.AspNetCore.Authorization;

namespace CustomerService.Agents;

/// <summary>Who may open what on the desk. Each role may do what those before it may.</summary>
public static class DeskPolicies
{
    /// <summary>The cookie scheme of the desk.</summary>
    public const string Scheme = "desk";

    /// <summary>Any agent who has chosen a password.</summary>
    public const string Agent = "desk-agent";

    /// <summary>Supervisors and administrators.</summary>
    public const string Supervisor = "desk-supervisor";

    /// <summary>Administrators.</summary>
    public const string Admin = "desk-admin";

    /// <summary>Signed in, perhaps with a one-time password.</summary>
    internal const string SignedIn = "desk-signed-in";

    internal static void Add(AuthorizationBuilder policies)
    {
        policies.AddPolicy(SignedIn, policy => policy.AddAuthenticationSchemes(Scheme).RequireAuthenticatedUser());
        policies.AddPolicy(Agent, policy => Require(policy, AgentRole.Agent));
        policies.AddPolicy(Supervisor, policy => Require(policy, AgentRole.Supervisor));
        policies.AddPolicy(Admin, policy => Require(policy, AgentRole.Admin));
    }

    private static void Require(AuthorizationPolicyBuilder policy, AgentRole atLeast) =>
        policy.AddAuthenticationSchemes(Scheme).RequireAuthenticatedUser()
            .RequireAssertion(context => AgentSession.Read(context.User) is { MustChangePassword: false } me && me.Role >= atLeast);
}
