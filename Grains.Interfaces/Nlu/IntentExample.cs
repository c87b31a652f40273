namespace CustomerService.Nlu;

/// <summary>A text that a tenant gave as an example of an intent.</summary>
/// <param name="Text">1 to 2,000 characters.</param>
/// <param name="Intent">The intent's name, 1 to 80 characters.</param>
[GenerateSerializer, Immutable, Alias("intent-example")]
public readonly record struct IntentExample([property: Id(0)] string Text, [property: Id(1)] string Intent);

/// <summary>An example as it is kept.</summary>
/// <param name="Id">Unique within the tenant, never used again.</param>
/// <param name="Text">What a contact might write.</param>
/// <param name="Intent">What is meant by it.</param>
[GenerateSerializer, Immutable, Alias("stored-example")]
public sealed record StoredExample([property: Id(0)] long Id, [property: Id(1)] string Text, [property: Id(2)] string Intent);

/// <summary>A page of examples.</summary>
/// <param name="Items">In the order they came.</param>
/// <param name="Total">How many there are on all pages.</param>
[GenerateSerializer, Immutable, Alias("example-page")]
public sealed record ExamplePage([property: Id(0)] ImmutableArray<StoredExample> Items, [property: Id(1)] int Total);

/// <summary>What became of examples that were brought.</summary>
/// <param name="Added">The ones that are new.</param>
/// <param name="Moved">How many texts were there under another intent and have the one that was brought now.</param>
/// <param name="Known">How many were there already, or were brought twice.</param>
[GenerateSerializer, Immutable, Alias("examples-added")]
public sealed record ExamplesAdded([property: Id(0)] ImmutableArray<StoredExample> Added, [property: Id(1)] int Moved, [property: Id(2)] int Known);

/// <summary>How texts lie in a file.</summary>
[GenerateSerializer, Alias("text-format")]
public enum TextFormat
{
    /// <summary>One text a line, without intents.</summary>
    Lines,

    /// <summary>Comma-separated values (RFC 4180); the first line names the columns.</summary>
    Csv,

    /// <summary>Tab-separated values, nothing quoted; the first line names the columns.</summary>
    Tsv,

    /// <summary>One JSON object a line.</summary>
    JsonLines,
}
