namespace CustomerService.Nlu;

/// <summary>What was understood of one message.</summary>
/// <param name="Language">The language it is written in.</param>
/// <param name="Intents">What the contact may want, most likely first, at most three; empty when nothing can be said.</param>
/// <param name="OutOfScope">How likely it is that no known intent is meant, 0 to 1.</param>
/// <param name="Entities">Values found in the text, in order of their place.</param>
/// <param name="Sentiment">−1 (furious) to 1 (delighted).</param>
/// <param name="SentimentConfidence">How far the sentiment can be relied on, 0 to 1; low for languages without a model of their own.</param>
/// <param name="IsDegraded">True when a cheaper path was taken because the budget had run out or a model was not there.</param>
[GenerateSerializer, Immutable, Alias("analysis")]
public sealed record Analysis(
    [property: Id(0)] LanguagePrediction Language,
    [property: Id(1)] ImmutableArray<IntentPrediction> Intents,
    [property: Id(2)] double OutOfScope,
    [property: Id(3)] ImmutableArray<Entity> Entities,
    [property: Id(4)] double Sentiment,
    [property: Id(5)] double SentimentConfidence,
    [property: Id(6)] bool IsDegraded)
{
    /// <summary>The requests of a message that asks for several things, in order of their place; empty when it asks for one.</summary>
    [Id(7)]
    public ImmutableArray<IntentSpan> Requests { get => field.IsDefault ? [] : field; init; }
}

/// <summary>A language and how sure we are of it.</summary>
/// <param name="Code">One of <see cref="Languages.All"/>, or <see cref="Languages.Unknown"/>.</param>
/// <param name="Confidence">0 to 1.</param>
[GenerateSerializer, Immutable, Alias("language-prediction")]
public readonly record struct LanguagePrediction([property: Id(0)] string Code, [property: Id(1)] double Confidence);

/// <summary>Something that the contact may want.</summary>
/// <param name="Intent">The intent's name, for example <c>track_order</c>.</param>
/// <param name="Confidence">Calibrated probability, 0 to 1.</param>
[GenerateSerializer, Immutable, Alias("intent-prediction")]
public readonly record struct IntentPrediction([property: Id(0)] string Intent, [property: Id(1)] double Confidence);

/// <summary>One of several requests in a message.</summary>
/// <param name="Intent">What is asked for.</param>
/// <param name="Offset">Where the request starts, in UTF-16 code units of the message's text.</param>
/// <param name="Length">How long it is, in UTF-16 code units.</param>
/// <param name="Confidence">Calibrated probability, 0 to 1.</param>
[GenerateSerializer, Immutable, Alias("intent-span")]
public readonly record struct IntentSpan([property: Id(0)] string Intent, [property: Id(1)] int Offset, [property: Id(2)] int Length, [property: Id(3)] double Confidence);

/// <summary>A value found in a text.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Offset">Where it starts, in UTF-16 code units of the message's text.</param>
/// <param name="Length">How long it is, in UTF-16 code units.</param>
/// <param name="Text">The characters found.</param>
/// <param name="Value">The normalised value: E.164 for a phone, ISO 8601 for a date, <c>12.50 EUR</c> for money; else the text trimmed.</param>
/// <param name="Confidence">0 to 1; 1 when a check digit proves it.</param>
/// <param name="Name">The name of the tenant's own entity when <paramref name="Kind"/> is <see cref="EntityKind.Own"/>; else null.</param>
[GenerateSerializer, Immutable, Alias("entity")]
public sealed record Entity(
    [property: Id(0)] EntityKind Kind,
    [property: Id(1)] int Offset,
    [property: Id(2)] int Length,
    [property: Id(3)] string Text,
    [property: Id(4)] string Value,
    [property: Id(5)] double Confidence,
    [property: Id(6)] string? Name = null);

/// <summary>Kinds of entity.</summary>
[GenerateSerializer, Alias("entity-kind")]
public enum EntityKind
{
    /// <summary>A person's name.</summary>
    Person,

    /// <summary>The tenant's order number.</summary>
    OrderId,

    /// <summary>A stock-keeping unit or article number.</summary>
    Sku,

    /// <summary>An email address.</summary>
    Email,

    /// <summary>A telephone number.</summary>
    Phone,

    /// <summary>An amount with its currency.</summary>
    Money,

    /// <summary>A day, or a time of a day.</summary>
    Date,

    /// <summary>A postal address or a part of one.</summary>
    Address,

    /// <summary>A carrier's tracking number.</summary>
    TrackingNumber,

    /// <summary>A payment card number (ISO/IEC 7812, Luhn).</summary>
    Card,

    /// <summary>An international bank account number (ISO 13616, mod 97).</summary>
    Iban,

    /// <summary>A web address.</summary>
    Url,

    /// <summary>A company or organisation.</summary>
    Company,

    /// <summary>An Internet address, version 4 or 6; its value as RFC 5952 writes it.</summary>
    IpAddress,

    /// <summary>The number of a person's identity document: social security, passport, driving licence, tax.</summary>
    NationalId,

    /// <summary>What a tenant described itself (<see cref="OwnEntity"/>).</summary>
    Own,
}

/// <summary>The languages that are told apart, as ISO 639-1 codes.</summary>
public static class Languages
{
    /// <summary>The code for a text whose language cannot be told (ISO 639-2 <c>und</c>).</summary>
    public const string Unknown = "und";

    /// <summary>All 23, sorted.</summary>
    public static ImmutableArray<string> All { get; } =
        ["ar", "cs", "da", "de", "el", "en", "es", "fi", "fr", "he", "hi", "it", "ja", "ko", "nl", "no", "pl", "pt", "ru", "sv", "tr", "uk", "zh"];
}
