using CustomerService.Nlu;

namespace CustomerService.Conversations;

/// <summary>A message's text cut where entities begin and end.</summary>
/// <param name="Text">The characters.</param>
/// <param name="Entity">What they are; null for plain text.</param>
internal readonly record struct TextPart(string Text, Entity? Entity)
{
    /// <summary>Cuts a text. An entity that overlaps an earlier one, or lies outside the text, is left out: the text always comes back whole.</summary>
    public static ImmutableArray<TextPart> Cut(string text, ImmutableArray<Entity> entities)
    {
        var parts = ImmutableArray.CreateBuilder<TextPart>();
        var done = 0;
        foreach (var entity in entities.OrderBy(e => e.Offset).ThenByDescending(e => e.Length))
        {
            if (entity.Offset < done || entity.Length <= 0 || entity.Length > text.Length - entity.Offset)
                continue;

            if (entity.Offset > done)
                parts.Add(new(text[done..entity.Offset], null));
            parts.Add(new(text.Substring(entity.Offset, entity.Length), entity));
            done = entity.Offset + entity.Length;
        }

        if (done < text.Length)
            parts.Add(new(text[done..], null));
        return parts.ToImmutable();
    }
}
