namespace CustomerService.Nlu;

/// <summary>How good a tenant's intents are, by five-fold cross-validation: every example judged by a model that has not seen it.</summary>
/// <param name="Accuracy">Share of the examples that were named rightly, 0 to 1.</param>
/// <param name="CalibrationError">How far confidence is from the share of right answers, on average over ten bands of it.</param>
/// <param name="Intents">Each intent's figures, in order of name.</param>
/// <param name="Confusions">Pairs that are mistaken for each other, most often first, at most 20.</param>
/// <param name="Unsure">Examples judged wrongly or with least confidence, at most 50: look at these first.</param>
[GenerateSerializer, Immutable, Alias("intent-quality")]
public sealed record IntentQuality(
    [property: Id(0)] double Accuracy,
    [property: Id(1)] double CalibrationError,
    [property: Id(2)] ImmutableArray<IntentScore> Intents,
    [property: Id(3)] ImmutableArray<IntentConfusion> Confusions,
    [property: Id(4)] ImmutableArray<UnsureExample> Unsure);

/// <summary>One intent's figures.</summary>
/// <param name="Intent">Its name.</param>
/// <param name="Examples">How many examples it has.</param>
/// <param name="Precision">Share of right ones among the texts that were given its name.</param>
/// <param name="Recall">Share of its examples that were given its name.</param>
[GenerateSerializer, Immutable, Alias("intent-score")]
public sealed record IntentScore([property: Id(0)] string Intent, [property: Id(1)] int Examples, [property: Id(2)] double Precision, [property: Id(3)] double Recall);

/// <summary>One intent taken for another.</summary>
/// <param name="Intent">What was meant.</param>
/// <param name="TakenFor">What was said.</param>
/// <param name="Count">How often.</param>
[GenerateSerializer, Immutable, Alias("intent-confusion")]
public sealed record IntentConfusion([property: Id(0)] string Intent, [property: Id(1)] string TakenFor, [property: Id(2)] int Count);

/// <summary>An example that is worth a look.</summary>
/// <param name="Text">The example.</param>
/// <param name="Intent">The intent that it is an example of.</param>
/// <param name="Said">The intent that it was given.</param>
/// <param name="Confidence">With which confidence, 0 to 1.</param>
[GenerateSerializer, Immutable, Alias("unsure-example")]
public sealed record UnsureExample([property: Id(0)] string Text, [property: Id(1)] string Intent, [property: Id(2)] string Said, [property: Id(3)] double Confidence);
