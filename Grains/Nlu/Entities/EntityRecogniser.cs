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
        if (NumberText.CountDigits(text) is > 0 and var digits)
            FindNumbers(text, digits, context, found);
        DateFinder.Find(text, context, found);
        NameFinder.Find(text, tagger, found);
        IntroducedNames.Find(text, found);
        context.Own?.Find(text, found);
        return Overlaps.Resolve(text, found);
    }

    // The fewest digits that each can have spare most messages most patterns.
    private static void FindNumbers(string text, int digits, EntityContext context, List<Candidate> found)
    {
        if (digits >= 4)
            IpFinder.Find(text, found);
        if (digits >= 5)
            NationalIdFinder.Find(text, found);
        if (digits >= 12)
            CardFinder.Find(text, found);
        if (digits >= 6)
            PhoneFinder.Find(text, context, found);
        IbanFinder.Find(text, found);
        CodeFinder.Find(text, found);
        MoneyFinder.Find(text, context, found);
    }
}
