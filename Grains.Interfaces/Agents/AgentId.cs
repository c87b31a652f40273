using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Serialization;

namespace CustomerService.Agents;

/// <summary>A person who answers for a tenant; unique within it. A <see cref="Slug"/>.</summary>
/// <param name="Value">The slug.</param>
[GenerateSerializer, Immutable, Alias("agent-id"), JsonConverter(typeof(TextIdJsonConverter<AgentId>))]
public readonly record struct AgentId([property: Id(0)] string Value) : IParsable<AgentId>
{
    /// <summary>Reads the text form.</summary>
    /// <param name="text">A slug.</param>
    /// <param name="provider">Not used.</param>
    /// <returns>The id.</returns>
    /// <exception cref="FormatException">The text is not a slug.</exception>
    public static AgentId Parse(string text, IFormatProvider? provider = null) =>
        TryParse(text, provider, out var id) ? id : throw new FormatException("Not a AgentId: lower-case letters, digits, '.', '_' and '-', at most 64.");

    /// <summary>Reads the text form.</summary>
    /// <param name="text">A slug.</param>
    /// <param name="provider">Not used.</param>
    /// <param name="id">The id, or default.</param>
    /// <returns>False when the text is not a slug.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, IFormatProvider? provider, out AgentId id)
    {
        id = Slug.IsValid(text) ? new(text) : default;
        return id.Value is not null;
    }

    /// <inheritdoc/>
    public override string ToString() => Value;
}
