namespace CustomerService.Nlu;

/// <summary>Intents that ask for nothing.</summary>
internal static class SmallTalk
{
    private static readonly ImmutableArray<string> _intents = ["greeting", "thanks", "goodbye"];

    public static bool Is(string intent) => _intents.Contains(intent);
}
