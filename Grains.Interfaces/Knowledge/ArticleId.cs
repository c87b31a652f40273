using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace CustomerService.Knowledge;

/// <summary>A published knowledge page, whatever its version; unique within a tenant. A <see cref="Slug"/>.</summary>
/// <param name="Value">The slug.</param>
[GenerateSerializer, Immutable, Alias("article-id"), JsonConverter(typeof(TextIdJsonConverter<ArticleId>))]
public readonly record struct ArticleId([property: Id(0)] string Value) : IParsable<ArticleId>
{
    /// <summary>Reads the text form.</summary>
    /// <param name="text">A slug.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException">The text is not a slug.</exception>
    public static ArticleId Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var id) ? id : throw new FormatException("Not a ArticleId: lower-case letters, digits, '.', '_' and '-', at most 64.");

    /// <summary>Reads the text form.</summary>
    /// <param name="text">A slug.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="id">The id, or default.</param>
    /// <returns>False when the text is not a slug.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out ArticleId id)
    {
        id = Slug.IsValid(text) ? new(text) : default;
        return id.Value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
