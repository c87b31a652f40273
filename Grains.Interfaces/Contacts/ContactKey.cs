using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;
using CustomerService.Tenancy;

namespace CustomerService.Contacts;

/// <summary>Names one contact. Text form: <c>tenant/32 hexadecimal digits</c>.</summary>
/// <param name="Tenant">Whose it is.</param>
/// <param name="Id">Unique within the tenant.</param>
[GenerateSerializer, Immutable, Alias("contact-key"), JsonConverter(typeof(TextIdJsonConverter<ContactKey>))]
public readonly record struct ContactKey([property: Id(0)] TenantId Tenant, [property: Id(1)] Guid Id) : IParsable<ContactKey>
{
    /// <summary>Reads the text form.</summary>
    /// <param name="text">A key's text form.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The key.</returns>
    /// <exception cref="FormatException">The text has another form.</exception>
    public static ContactKey Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var key) ? key : throw new FormatException("Not a ContactKey: tenant/32 hexadecimal digits.");

    /// <summary>Reads the text form.</summary>
    /// <param name="text">A key's text form.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="key">The key, or default.</param>
    /// <returns>False when the text has another form.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out ContactKey key)
    {
        var slash = text?.IndexOf('/') ?? -1;
        var valid = TenantId.TryParse(slash < 0 ? null : text![..slash], provider, out var tenant) & Guid.TryParseExact(text.AsSpan(slash + 1), "N", out var id);
        key = valid ? new(tenant, id) : default;
        return valid;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Tenant.Value}/{Id:N}";
}
