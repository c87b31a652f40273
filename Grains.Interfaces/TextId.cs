using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerService;

/// <summary>Writes an id or key as its text form in JSON, also as a property name.</summary>
/// <typeparam name="T">The id; its text form is read by <see cref="IParsable{TSelf}"/>.</typeparam>
public sealed class TextIdJsonConverter<T> : JsonConverter<T> where T : struct, IParsable<T>
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());

    /// <inheritdoc/>
    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => Parse(reader.GetString());

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, [DisallowNull] T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(value.ToString()!);

    private static T Parse(string? text) =>
        T.TryParse(text, null, out var id) ? id : throw new JsonException($"Not a {typeof(T).Name}.");
}

/// <summary>The form that tenants, inboxes, agents and articles have as ids: <c>[a-z0-9][a-z0-9._-]*</c>, at most 64 characters.</summary>
public static class Slug
{
    /// <summary>The longest slug, in characters.</summary>
    public const int MaxLength = 64;

    /// <summary>Tells whether a text is a slug.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>False for null, empty, too long, or any other character.</returns>
    public static bool IsValid([NotNullWhen(true)] string? text) =>
        text is { Length: > 0 and <= MaxLength } && char.IsAsciiLetterOrDigit(text[0])
        && text.AsSpan().IndexOfAnyExcept(Allowed) < 0;

    // A million keys name the same few tenants and inboxes: they share the strings. Whoever comes later takes the place, so this never grows.
    internal static string Share(string text)
    {
        ref var shared = ref s_shared[(uint)text.GetHashCode(StringComparison.Ordinal) % (uint)s_shared.Length];
        return text == shared ? shared : shared = text;
    }

    private static readonly string?[] s_shared = new string?[256];

    private static readonly System.Buffers.SearchValues<char> Allowed =
        System.Buffers.SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789._-");
}
