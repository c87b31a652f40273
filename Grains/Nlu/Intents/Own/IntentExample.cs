namespace CustomerService.Nlu;

/// <summary>A text that a tenant gave as an example of an intent.</summary>
public readonly record struct IntentExample(string Text, string Intent);
