using System.ComponentModel.DataAnnotations;

namespace CustomerService.Tenancy;

/// <summary>The business that this installation serves; configuration section <c>Tenancy</c>. Read by the doors and by the host.</summary>
public sealed record TenancyOptions
{
    /// <summary>The tenant's id, a <see cref="Slug"/>. Default: <c>quillmere</c>, the sample shop.</summary>
    [Required, RegularExpression("[a-z0-9][a-z0-9._-]{0,63}", ErrorMessage = "Tenancy:Tenant has 1 to 64 lower-case letters, digits, dots, hyphens and underscores, a letter or digit first.")]
    public string Tenant { get; init; } = "quillmere";

    /// <summary>The name that contacts see. Default: <c>Quillmere</c>.</summary>
    [Required, StringLength(80, MinimumLength = 1)]
    public string Name { get; init; } = "Quillmere";

    /// <summary>Where the tenant's contacts live, an IANA time zone such as <c>Europe/Berlin</c>: their "tomorrow" counts there unless their own zone is known. Default: UTC.</summary>
    [Required, StringLength(64)]
    public string TimeZone { get; init; } = "UTC";

    /// <summary>The tenant's contacts' country, ISO 3166, for telephone numbers without a prefix, unless their own zone tells it. Default: none.</summary>
    [RegularExpression("[A-Z]{2}", ErrorMessage = "Tenancy:Country is an ISO 3166 code of two capital letters, such as DE.")]
    public string? Country { get; init; }

    /// <summary>The id in its own type.</summary>
    public TenantId TenantId => TenantId.Parse(Tenant);
}
