namespace CustomerService.Nlu;

/// <summary>What a set of examples must be before it is trained on.</summary>
internal static class IntentExamples
{
    public const int MaxExamples = 20_000, MaxIntents = 200, MinIntents = 2, MinExamples = 2, MaxTextLength = 2_000, MaxNameLength = 80;

    /// <summary>The examples without repeats and blanks around; or what is wrong with them.</summary>
    public static Result<ImmutableArray<IntentExample>> Check(IEnumerable<IntentExample> examples)
    {
        ImmutableArray<IntentExample> all = [.. examples.Select(example => new IntentExample(example.Text.Trim(), example.Intent.Trim())).Distinct()];
        var intents = all.CountBy(example => example.Intent).ToList();
        if (all.Any(example => example.Intent.Length is 0 or > MaxNameLength))
            return Invalid("intents.name_invalid", $"Every example needs the name of its intent, 1 to {MaxNameLength} characters.");
        if (all.Any(example => example.Text.Length is 0 or > MaxTextLength))
            return Invalid("intents.text_invalid", $"An example has 1 to {MaxTextLength} characters.");
        if (all.Length > MaxExamples)
            return Invalid("intents.too_many_examples", $"At most {MaxExamples} examples; these are {all.Length}.");
        if (intents.Count is < MinIntents or > MaxIntents)
            return Invalid("intents.count_invalid", $"{MinIntents} to {MaxIntents} intents; these are {intents.Count}.");
        if (intents.FirstOrDefault(intent => intent.Value < MinExamples) is { Key: { } lonely })
            return Invalid("intents.too_few_examples", $"The intent '{lonely}' needs at least {MinExamples} different examples.");
        return all;
    }

    private static Refusal Invalid(string code, string message) => new(RefusalKind.Invalid, code, message);
}
