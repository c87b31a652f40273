using System.ComponentModel.DataAnnotations;

namespace CustomerService.Tenancy;

/// <summary>The business that this installation serves; configuration section <c>Tenancy</c>. Read by the doors and by the host.</summary>
public sealed record TenancyOptions
{
    /// <summary>The tenant's id, a <see cref="Slug"/>. Default: <c>quillmere</c>, the sample shop.</summary>
    [Required, RegularExpression("[a-z0-9][a-z0-9._-]{0,63}")]
    public string Tenant { get; init; } = "quillmere";

    /// <summary>The name that contacts see. Default: <c>Quillmere</c>.</summary>
    [Required, StringLength(80, MinimumLength = 1)]
    public string Name { get; init; } = "Quillmere";

    /// <summary>The id in its own type.</summary>
    public TenantId TenantId => TenantId.Parse(Tenant);
}
