using System.Collections.Frozen;
using System.Text.Json;
using CustomerService.Nlu;

namespace CustomerService.Conversations;

/// <summary>What a contact reads when a person takes over, in every language of <see cref="Languages.All"/>; English when the language is not known.</summary>
internal static class HandoffTexts
{
    public static (string Language, string Text) For(string language) =>
        All.TryGetValue(language, out var text) ? (language, text) : ("en", All["en"]);

    public static FrozenDictionary<string, string> All { get; } = Load();

    private static FrozenDictionary<string, string> Load()
    {
        using var file = typeof(HandoffTexts).Assembly.GetManifestResourceStream("CustomerService.Conversations.handoff.json")!;
        return JsonSerializer.Deserialize<Dictionary<string, string>>(file)!.ToFrozenDictionary();
    }
}
