using System.Text.Json;
using System.Text.Json.Serialization;
using CustomerService.Contacts;
using CustomerService.Conversations;

namespace CustomerService.Api;

/// <summary>How the API writes the contracts: enums by name, keys of conversations and contacts as their id alone, since a key belongs to one tenant.</summary>
internal static class ApiJson
{
    public static void Configure(JsonSerializerOptions options)
    {
        options.NumberHandling = JsonNumberHandling.Strict;
        options.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.CamelCase, allowIntegerValues: false));
        options.Converters.Add(new IdConverter<ConversationKey>(key => key.Id));
        options.Converters.Add(new IdConverter<ContactKey>(key => key.Id));
    }

    /// <summary>Reads an enum's name in an address as the API writes it in bodies.</summary>
    /// <returns>True and null when there is none; false for any other text.</returns>
    public static bool TryRead<T>(string? text, out T? value) where T : struct, Enum
    {
        value = Enum.GetValues<T>().Cast<T?>().FirstOrDefault(one => Name(one!.Value) == text);
        return text is null || value is not null;
    }

    /// <summary>All names of an enum, for an error message.</summary>
    public static string Names<T>() where T : struct, Enum => string.Join(", ", Enum.GetValues<T>().Select(Name));

    private static string Name<T>(T value) where T : struct, Enum => JsonNamingPolicy.CamelCase.ConvertName(value.ToString());

    private sealed class IdConverter<T>(Func<T, Guid> id) : JsonConverter<T>
    {
        public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => throw new NotSupportedException("The API takes ids in addresses only.");

        public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(id(value).ToString("N"));
    }
}
