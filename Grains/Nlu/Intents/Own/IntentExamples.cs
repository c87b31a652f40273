namespace CustomerService.Nlu;

/// <summary>What a set of examples must be.</summary>
internal static class IntentExamples
{
    public const int MaxExamples = 20_000, MaxIntents = 200, MinIntents = 2, MinExamples = 2, MaxTextLength = 2_000, MaxNameLength = 80;

    // A model keeps and stores all of them: 20,000 texts of the greatest length would be 40 million.
    public const int MaxCharacters = 4_000_000;

    /// <summary>The examples without repeats and blanks around, good to be trained on; or what is wrong with them.</summary>
    public static Result<ImmutableArray<IntentExample>> Check(IEnumerable<IntentExample> examples)
    {
        ImmutableArray<IntentExample> all = [.. examples.Select(Trim).Distinct()];
        if (Limit(all) is { } refusal)
            return refusal;
        var intents = all.CountBy(example => example.Intent).ToList();
        if (intents.Count < MinIntents)
            return Invalid("intents.count_invalid", $"{MinIntents} to {MaxIntents} intents; these are {intents.Count}.");
        if (intents.FirstOrDefault(intent => intent.Value < MinExamples) is { Key: { } lonely })
            return Invalid("intents.too_few_examples", $"The intent '{lonely}' needs at least {MinExamples} different examples.");
        return all;
    }

    /// <summary>Why examples cannot be kept, though there may be too few to be trained on; null when they can.</summary>
    public static Refusal? Limit(ImmutableArray<IntentExample> examples)
    {
        if (examples.Any(example => example.Intent.Length is 0 or > MaxNameLength || example.Intent.AsSpan().ContainsAnyInRange('\0', '\x1f')))
            return Invalid("intents.name_invalid", $"Every example needs the name of its intent, 1 to {MaxNameLength} characters on one line.");
        if (examples.Any(example => example.Text.Length is 0 or > MaxTextLength))
            return Invalid("intents.text_invalid", $"An example has 1 to {MaxTextLength} characters.");
        if (examples.Length > MaxExamples)
            return Invalid("intents.too_many_examples", $"At most {MaxExamples} examples; these are {examples.Length}.");
        if (examples.Sum(example => (long)example.Text.Length) > MaxCharacters)
            return Invalid("intents.too_many_examples", $"At most {MaxCharacters} characters in all examples together.");
        return examples.Select(example => example.Intent).Distinct().Count() is > MaxIntents and var intents
            ? Invalid("intents.count_invalid", $"{MinIntents} to {MaxIntents} intents; these are {intents}.")
            : null;
    }

    /// <summary>The example without blanks around.</summary>
    public static IntentExample Trim(IntentExample example) => new(example.Text?.Trim() ?? "", example.Intent?.Trim() ?? "");

    private static Refusal Invalid(string code, string message) => new(RefusalKind.Invalid, code, message);
}
