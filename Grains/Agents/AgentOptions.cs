using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace CustomerService.Agents;

/// <summary>How people sign in; configuration section <c>Agents</c>.</summary>
internal sealed record AgentOptions
{
    /// <summary>How many wrong passwords in a row lock a name. Default: 5.</summary>
    [Range(1, 100)]
    public int MaxSignInFailures { get; init; } = 5;

    /// <summary>How long a locked name stays locked. Default: 5 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan LockTime { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>PBKDF2-HMAC-SHA512 iterations of a new hash; a hash keeps the number it was made with. Default: 210,000 (OWASP Password Storage Cheat Sheet).</summary>
    [Range(1_000, 10_000_000)]
    public int HashIterations { get; init; } = 210_000;
}

[OptionsValidator]
internal sealed partial class AgentOptionsValidator : IValidateOptions<AgentOptions>;
