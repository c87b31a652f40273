using System.Text;

namespace CustomerService.Nlu;

/// <summary>Hides what is personal in a text: behind numbered masks that those who may can lift, or behind invented values that nobody can.</summary>
internal static class Redaction
{
    /// <summary>What agents need not see by default.</summary>
    public static ImmutableArray<EntityKind> HiddenFromAgents { get; } = [EntityKind.Card, EntityKind.Iban, EntityKind.NationalId, EntityKind.Email, EntityKind.Phone, EntityKind.Address, EntityKind.IpAddress];

    /// <summary>What must not become training data: whatever leads to a person, so names, orders and parcels too.</summary>
    public static ImmutableArray<EntityKind> HiddenFromTraining { get; } =
        [.. HiddenFromAgents, EntityKind.Person, EntityKind.Company, EntityKind.OrderId, EntityKind.TrackingNumber, EntityKind.Url];

    /// <summary>Puts a mask such as <c>[CARD 1]</c> in the place of each value; the same characters get the same mask.</summary>
    /// <param name="text">What the entities were found in.</param>
    /// <param name="entities">In order of their place, without overlaps.</param>
    /// <param name="kinds">The kinds to hide.</param>
    /// <param name="own">The tenant's own entities; those that are personal are hidden.</param>
    /// <param name="known">The masks of earlier messages of the conversation: their numbers go on.</param>
    /// <returns>The text, and what each mask stands for: to be kept apart from it. <see cref="Reveal"/> gives back exactly the text.</returns>
    public static (string Text, ImmutableArray<MaskedValue> Values) Mask(
        string text, ImmutableArray<Entity> entities, ImmutableArray<EntityKind> kinds, OwnEntities? own = null, ImmutableArray<MaskedValue> known = default)
    {
        var values = known.IsDefault ? [] : known.ToList();
        var masked = Replace(text, entities.Where(entity => IsHidden(entity, kinds, own)), entity =>
        {
            var (label, number) = (LabelOf(entity), 1);
            var mask = values.Find(value => value.Text == entity.Text && value.Mask.StartsWith($"[{label} ", StringComparison.Ordinal))?.Mask;
            // A mask that the contact wrote is not one of ours.
            while (mask is null)
            {
                var free = $"[{label} {number++}]";
                if (values.TrueForAll(value => value.Mask != free) && !text.Contains(free, StringComparison.Ordinal))
                    values.Add(new(mask = free, entity.Text));
            }

            return mask;
        });
        return (masked, [.. values]);
    }

    /// <summary>Lifts the masks.</summary>
    public static string Reveal(string masked, ImmutableArray<MaskedValue> values)
    {
        var text = new StringBuilder(masked.Length);
        for (var i = 0; i < masked.Length;)
        {
            var rest = masked.AsSpan(i);
            var value = rest[0] != '[' || rest.IndexOf(']') is not (>= 0 and var end) ? null : Find(values, rest[..(end + 1)]);
            text.Append(value is null ? masked[i].ToString() : value.Text);
            i += value?.Mask.Length ?? 1;
        }

        return text.ToString();
    }

    /// <summary>Puts an invented value of the same form in the place of each; the same value gets the same one within the text.</summary>
    /// <param name="text">What the entities were found in.</param>
    /// <param name="entities">In order of their place, without overlaps.</param>
    /// <param name="kinds">The kinds to hide.</param>
    /// <param name="random">Where the inventions come from: nothing of the value goes into them but its form, so nothing leads back.</param>
    /// <param name="own">The tenant's own entities; those that are personal are hidden.</param>
    public static string Anonymise(string text, ImmutableArray<Entity> entities, ImmutableArray<EntityKind> kinds, Random random, OwnEntities? own = null)
    {
        var invented = new Dictionary<(EntityKind, string), string>();
        var pseudonyms = new Pseudonyms(random);
        return Replace(text, entities.Where(entity => IsHidden(entity, kinds, own)), entity =>
            invented.TryGetValue((entity.Kind, entity.Value), out var known) ? known : invented[(entity.Kind, entity.Value)] = pseudonyms.Invent(entity));
    }

    private static bool IsHidden(Entity entity, ImmutableArray<EntityKind> kinds, OwnEntities? own) =>
        entity.Kind == EntityKind.Own ? own?.IsPersonal(entity.Name ?? "") ?? true : kinds.Contains(entity.Kind);

    private static string LabelOf(Entity entity) => entity.Name?.ToUpperInvariant() ?? entity.Kind switch
    {
        EntityKind.IpAddress => "IP",
        EntityKind.NationalId => "ID",
        EntityKind.TrackingNumber => "TRACKING",
        EntityKind.OrderId => "ORDER",
        var kind => kind.ToString().ToUpperInvariant(),
    };

    private static string Replace(string text, IEnumerable<Entity> entities, Func<Entity, string> replacement)
    {
        var (result, end) = (new StringBuilder(text.Length), 0);
        foreach (var entity in entities)
        {
            result.Append(text, end, entity.Offset - end).Append(replacement(entity));
            end = entity.Offset + entity.Length;
        }

        return result.Append(text, end, text.Length - end).ToString();
    }

    private static MaskedValue? Find(ImmutableArray<MaskedValue> values, ReadOnlySpan<char> mask)
    {
        foreach (var value in values)
        {
            if (mask.SequenceEqual(value.Mask))
                return value;
        }

        return null;
    }
}

/// <summary>What a mask stands for.</summary>
internal sealed record MaskedValue(string Mask, string Text);
