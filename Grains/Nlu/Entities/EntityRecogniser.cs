namespace CustomerService.Nlu;

/// <summary>Finds values in a text: who, what order, how much, when, where.</summary>
internal interface IEntityRecogniser
{
    /// <summary>The entities of a text in order of their place; none overlaps another.</summary>
    ImmutableArray<Entity> Find(string text, EntityContext context);
}

/// <summary>Finds entities by rules, and names and places by a learnt tagger.</summary>
internal sealed class EntityRecogniser(SequenceTagger tagger) : IEntityRecogniser
{
    /// <summary>Longer texts are cut: their entities would be found, but not in time.</summary>
    public const int MaxCharacters = 10_000;

    /// <summary>Reads the tagger's model file.</summary>
    /// <exception cref="InvalidDataException">The file is not an entity model, or is damaged.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static EntityRecogniser Load(string path)
    {
        using var file = File.OpenRead(path);
        return Load(file);
    }

    /// <inheritdoc cref="Load(string)"/>
    public static EntityRecogniser Load(Stream stream) => new(SequenceTagger.Load(stream));

    public ImmutableArray<Entity> Find(string text, EntityContext context)
    {
        if (text.Length > MaxCharacters)
            text = text[..MaxCharacters];
        var found = new List<Candidate>();
        WebFinder.Find(text, found);
        if (text.AsSpan().ContainsAnyInRange('0', '9'))
            FindNumbers(text, context, found);
        DateFinder.Find(text, context, found);
        NameFinder.Find(text, tagger, found);
        context.Own?.Find(text, found);
        return Overlaps.Resolve(text, found);
    }

    private static void FindNumbers(string text, EntityContext context, List<Candidate> found)
    {
        IpFinder.Find(text, found);
        NationalIdFinder.Find(text, found);
        IbanFinder.Find(text, found);
        CardFinder.Find(text, found);
        CodeFinder.Find(text, found);
        PhoneFinder.Find(text, context, found);
        MoneyFinder.Find(text, context, found);
    }
}
