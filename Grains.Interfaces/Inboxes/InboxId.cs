using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace CustomerService.Inboxes;

/// <summary>A tenant's own address on a channel, with its hours and agents. A <see cref="Slug"/>.</summary>
/// <param name="Value">The slug.</param>
[GenerateSerializer, Immutable, Alias("inbox-id"), JsonConverter(typeof(TextIdJsonConverter<InboxId>))]
public readonly record struct InboxId([property: Id(0)] string Value) : IParsable<InboxId>
{
    /// <summary>Reads the text form.</summary>
    /// <param name="text">A slug.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException">The text is not a slug.</exception>
    public static InboxId Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var id) ? id : throw new FormatException("Not a InboxId: lower-case letters, digits, '.', '_' and '-', at most 64.");

    /// <summary>Reads the text form.</summary>
    /// <param name="text">A slug.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="id">The id, or default.</param>
    /// <returns>False when the text is not a slug.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out InboxId id)
    {
        id = Slug.IsValid(text) ? new(Slug.Share(text)) : default;
        return id.Value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
