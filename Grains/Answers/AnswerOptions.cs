using System.ComponentModel.DataAnnotations;

namespace CustomerService.Answers;

/// <summary>How answers are composed; configuration section <c>Answers</c>.</summary>
internal sealed record AnswerOptions
{
    /// <summary>How sure it must be that the passages answer the question, 0 to 1; below, a person takes over. Default: 0.5, chosen on the dev questions.</summary>
    [Range(0.0, 1.0)]
    public double MinConfidence { get; init; } = 0.5;

    /// <summary>How many sentences an answer to one question has at most, steps of a list aside. Default: 3.</summary>
    [Range(1, 8)]
    public int MaxSentences { get; init; } = 3;

    /// <summary>How well a passage must fit to be suggested to an agent, 0 to 1. Default: 0.35.</summary>
    [Range(0.0, 1.0)]
    public double MinSuggestionScore { get; init; } = 0.35;
}

[Microsoft.Extensions.Options.OptionsValidator]
internal sealed partial class AnswerOptionsValidator : Microsoft.Extensions.Options.IValidateOptions<AnswerOptions>;
