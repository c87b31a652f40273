using CustomerService.Knowledge;

namespace CustomerService.Answers;

/// <summary>What the assistant says to one turn, or that it hands over.</summary>
/// <param name="Rung">Which rung of the ladder gave it.</param>
/// <param name="Language">The language it is written in, ISO 639-1.</param>
/// <param name="Sentences">What is said, in order. On <see cref="AnswerRung.LanguageModel"/> and <see cref="AnswerRung.Extractive"/> each has a citation.</param>
/// <param name="Confidence">How far the passages support it, 0 to 1.</param>
/// <param name="HandoffReason">Why a person is needed, a plain English sentence for the agent; null when none is.</param>
/// <param name="Elapsed">How long composing took.</param>
[GenerateSerializer, Immutable, Alias("answer")]
public sealed record Answer(
    [property: Id(0)] AnswerRung Rung,
    [property: Id(1)] string Language,
    [property: Id(2)] ImmutableArray<AnswerSentence> Sentences,
    [property: Id(3)] double Confidence,
    [property: Id(4)] string? HandoffReason,
    [property: Id(5)] TimeSpan Elapsed);

/// <summary>The ladder of a turn, best first (DESIGN section 3, point 6).</summary>
[GenerateSerializer, Alias("answer-rung")]
public enum AnswerRung
{
    /// <summary>Composed by a language model, every sentence supported by a passage.</summary>
    LanguageModel,

    /// <summary>Sentences of the passages themselves.</summary>
    Extractive,

    /// <summary>A text made for the case: a greeting, thanks, a question back.</summary>
    Canned,

    /// <summary>Nothing supports an answer, or a person is asked for: a person takes over.</summary>
    Human,
}

/// <summary>One sentence of an answer.</summary>
/// <param name="Text">The sentence.</param>
/// <param name="Citations">The passages that support it, strongest first; empty only on <see cref="AnswerRung.Canned"/> and <see cref="AnswerRung.Human"/>.</param>
/// <param name="Support">How far they support it, 0 to 1.</param>
[GenerateSerializer, Immutable, Alias("answer-sentence")]
public sealed record AnswerSentence(
    [property: Id(0)] string Text, [property: Id(1)] ImmutableArray<Citation> Citations, [property: Id(2)] double Support);

/// <summary>A passage that an answer points to.</summary>
/// <param name="Article">The article.</param>
/// <param name="Version">The version cited; it stays readable after an edit.</param>
/// <param name="Title">The article's title then.</param>
/// <param name="HeadingPath">The headings above the passage, joined by <c> › </c>.</param>
/// <param name="Offset">Where the cited text starts in the article's Markdown, in UTF-16 code units.</param>
/// <param name="Length">How long it is there.</param>
[GenerateSerializer, Immutable, Alias("citation")]
public sealed record Citation(
    [property: Id(0)] ArticleId Article,
    [property: Id(1)] string Version,
    [property: Id(2)] string Title,
    [property: Id(3)] string HeadingPath,
    [property: Id(4)] int Offset,
    [property: Id(5)] int Length);
