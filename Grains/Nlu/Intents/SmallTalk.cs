namespace CustomerService.Nlu;

/// <summary>Intents that ask for nothing.</summary>
internal static class SmallTalk
{
    public static ImmutableArray<string> Intents { get; } = ["greeting", "thanks", "goodbye"];

    public static bool Is(string intent) => Intents.Contains(intent);
}
