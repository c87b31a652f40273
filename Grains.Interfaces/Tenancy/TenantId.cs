using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace CustomerService.Tenancy;

/// <summary>The business that uses the platform. A <see cref="Slug"/>.</summary>
/// <param name="Value">The slug.</param>
[GenerateSerializer, Immutable, Alias("tenant-id"), JsonConverter(typeof(TextIdJsonConverter<TenantId>))]
public readonly record struct TenantId([property: Id(0)] string Value) : IParsable<TenantId>
{
    /// <summary>Reads the text form.</summary>
    /// <param name="text">A slug.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException">The text is not a slug.</exception>
    public static TenantId Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var id) ? id : throw new FormatException("Not a TenantId: lower-case letters, digits, '.', '_' and '-', at most 64.");

    /// <summary>Reads the text form.</summary>
    /// <param name="text">A slug.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="id">The id, or default.</param>
    /// <returns>False when the text is not a slug.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out TenantId id)
    {
        id = Slug.IsValid(text) ? new(Slug.Share(text)) : default;
        return id.Value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
