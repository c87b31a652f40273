namespace CustomerService.Nlu.Intents;

public sealed class IntentExamplesTests
{
    private static readonly IntentExample[] _good = [new("one", "a"), new("two", "a"), new("three", "b"), new("four", "b")];

    public static TheoryData<string, IntentExample[]> Bad => new()
    {
        { "intents.name_invalid", [.. _good, new("five", " ")] },
        { "intents.name_invalid", [.. _good, new("five", new string('n', IntentExamples.MaxNameLength + 1))] },
        { "intents.text_invalid", [.. _good, new("  ", "a")] },
        { "intents.text_invalid", [.. _good, new(new string('t', IntentExamples.MaxTextLength + 1), "a")] },
        { "intents.too_many_examples", [.. Enumerable.Range(0, IntentExamples.MaxExamples + 1).Select(i => new IntentExample($"text {i}", "a"))] },
        { "intents.count_invalid", [new("one", "a"), new("two", "a")] },
        { "intents.count_invalid", [.. Enumerable.Range(0, 2 * (IntentExamples.MaxIntents + 1)).Select(i => new IntentExample($"text {i}", $"intent {i / 2}"))] },
        { "intents.too_few_examples", [.. _good, new("five", "c"), new(" five ", "c")] },
    };

    [Theory, MemberData(nameof(Bad))]
    public void Examples_that_cannot_be_trained_on_are_refused_with_a_code(string code, IntentExample[] examples) =>
        Assert.Equal(code, IntentExamples.Check(examples).Refusal?.Code);

    [Fact]
    public void Repeats_and_blanks_around_do_not_count() =>
        Assert.Equal(_good, IntentExamples.Check([.. _good, new(" one ", "a "), new("two", "a")]).Value);
}
