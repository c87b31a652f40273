namespace CustomerService.Nlu;

/// <summary>Something that a tenant wants to have found in messages besides the usual: by a pattern, by a list, or by both.</summary>
/// <remarks>
/// Refused: <c>entities.too_many</c> (more than 50), <c>entities.name_invalid</c>, <c>entities.name_twice</c>, <c>entities.empty</c> (neither pattern nor values),
/// <c>entities.pattern_invalid</c> (no valid pattern, or one that cannot run in linear time), <c>entities.pattern_empty</c> (it would match no characters),
/// <c>entities.values_invalid</c> (more than 5,000 values and forms in all, or one outside 1 to 80 characters), <c>entities.form_twice</c> (one form, two values).
/// Of one text at most 200 are found.
/// </remarks>
/// <param name="Name">1 to 40 lower-case letters, digits and underscores, a letter first; for example <c>policy_number</c>. Once per tenant.</param>
/// <param name="Pattern">
/// A .NET regular expression of at most 300 characters, case-sensitive unless it begins with <c>(?i)</c>; without look-around and back-references, because it
/// runs in time linear in the text. A group called <c>value</c> is the entity; else the whole match. Null for a list alone.
/// </param>
/// <param name="Values">Known values, found as whole words in any case; empty for a pattern alone.</param>
/// <param name="IsPersonal">Whether redaction hides it.</param>
[GenerateSerializer, Immutable, Alias("own-entity")]
public sealed record OwnEntity(
    [property: Id(0)] string Name,
    [property: Id(1)] string? Pattern,
    [property: Id(2)] ImmutableArray<OwnEntityValue> Values,
    [property: Id(3)] bool IsPersonal);

/// <summary>A value on a tenant's list.</summary>
/// <param name="Value">How it is reported, whichever form stood in the text; found as written here too.</param>
/// <param name="Forms">Other ways to write it; may be empty.</param>
[GenerateSerializer, Immutable, Alias("own-entity-value")]
public sealed record OwnEntityValue([property: Id(0)] string Value, [property: Id(1)] ImmutableArray<string> Forms);
