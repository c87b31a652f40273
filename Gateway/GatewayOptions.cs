using System.ComponentModel.DataAnnotations;
using CustomerService.Agents;
using Microsoft.Extensions.Options;

namespace CustomerService;

/// <summary>The doors of the platform; configuration section <c>Gateway</c>.</summary>
public sealed record GatewayOptions
{
    /// <summary>The folder of keys that are made at the first start: readable by the product's own user only. Default: <c>data/keys</c>.</summary>
    [Required]
    public string KeyFolder { get; set; } = "data/keys";

    /// <summary>What signs session tokens and visitors' secrets: 32 bytes in base64. Null (the default) for one that is generated and kept in <see cref="KeyFolder"/>.</summary>
    /// <remarks>Every process of a cluster needs the same. A new one ends all sessions, and returning visitors are new ones.</remarks>
    public string? SigningKey { get; init; }

    /// <summary>Keys that may use the API. When there is none, a development key is made and kept in <see cref="KeyFolder"/>.</summary>
    [ValidateEnumeratedItems]
    public IReadOnlyList<ApiKeyOptions> ApiKeys { get; init; } = [];

    /// <summary>How many API requests one key may make in an hour. Default: 10,000.</summary>
    [Range(1, 100_000_000)]
    public int RequestsPerHour { get; init; } = 10_000;

    /// <summary>How long an <c>Idempotency-Key</c> is remembered. Default: 24 hours.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "7.00:00:00")]
    public TimeSpan IdempotencyTime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How many <c>Idempotency-Key</c>s are remembered at most, the oldest go first. Default: 100,000.</summary>
    [Range(100, 10_000_000)]
    public int MaxIdempotencyKeys { get; init; } = 100_000;

    /// <summary>The folder of the sample shop, served under <c>/shop</c>; null (the default) for none.</summary>
    public string? ShopFolder { get; set; }
}

/// <summary>A key to the API; one item of <c>Gateway:ApiKeys</c>. Only its hash is kept.</summary>
public sealed record ApiKeyOptions
{
    /// <summary>Whose key it is; what it does is shown under this name. A <see cref="Slug"/> of at most 60 characters.</summary>
    [Required, RegularExpression("[a-z0-9][a-z0-9._-]{0,59}")]
    public string Name { get; init; } = "";

    /// <summary>The SHA-256 of the key, 64 hexadecimal digits: <c>printf %s "$key" | sha256sum</c>.</summary>
    [Required, RegularExpression("[0-9a-fA-F]{64}")]
    public string Sha256 { get; init; } = "";

    /// <summary>True when it may also change things. Default: false.</summary>
    public bool CanWrite { get; init; }

    /// <summary>What it may do to conversations that others hold; <see cref="AgentRole.Admin"/> with <see cref="CanWrite"/> may also choose the models. Default: <see cref="AgentRole.Agent"/>.</summary>
    public AgentRole Role { get; init; } = AgentRole.Agent;
}

[OptionsValidator]
internal sealed partial class GatewayOptionsValidator : IValidateOptions<GatewayOptions>;
