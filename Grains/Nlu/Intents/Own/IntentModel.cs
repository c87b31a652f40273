namespace CustomerService.Nlu;

/// <summary>A tenant's examples and versions, and what may be done with them.</summary>
[GenerateSerializer, Immutable, Alias("intent-model-state")]
internal sealed record IntentModel
{
    /// <summary>In the order they came.</summary>
    [Id(0)]
    public ImmutableArray<StoredExample> Examples { get; init; } = [];

    [Id(1)]
    public long LastId { get; init; }

    /// <summary>Newest first.</summary>
    [Id(2)]
    public ImmutableArray<IntentVersionSummary> Versions { get; init; } = [];

    [Id(3)]
    public int LastVersion { get; init; }

    [Id(4)]
    public int? Active { get; init; }

    /// <summary>Goes up with every change of the examples.</summary>
    [Id(5)]
    public long Edits { get; init; }

    /// <summary>Where <see cref="Edits"/> stood when the examples of the newest version were taken.</summary>
    [Id(6)]
    public long TrainedEdits { get; init; }

    public ImmutableArray<IntentExample> ToTrain => [.. Examples.Select(example => new IntentExample(example.Text, example.Intent))];

    public Result<(IntentModel Next, ExamplesAdded Added)> Add(IEnumerable<IntentExample> examples)
    {
        var brought = examples.Select(IntentExamples.Trim).ToList();
        // The last one that names a text counts.
        var intents = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var example in brought)
            intents[example.Text] = example.Intent;
        var (kept, known, moved) = (ImmutableArray.CreateBuilder<StoredExample>(Examples.Length + intents.Count), brought.Count - intents.Count, 0);
        foreach (var example in Examples)
        {
            var isBrought = intents.Remove(example.Text, out var intent);
            (known, moved) = (known + (isBrought && intent == example.Intent ? 1 : 0), moved + (isBrought && intent != example.Intent ? 1 : 0));
            kept.Add(isBrought ? example with { Intent = intent! } : example);
        }

        ImmutableArray<StoredExample> added = [.. intents.Select((pair, at) => new StoredExample(LastId + 1 + at, pair.Key, pair.Value))];
        kept.AddRange(added);
        var result = new ExamplesAdded(added, moved, known);
        if (added.IsEmpty && moved == 0)
            return IntentExamples.Limit([.. brought]) is { } refused ? refused : (this, result);

        var (next, refusal) = With(kept.ToImmutable());
        return refusal is not null ? refusal : (next! with { LastId = LastId + added.Length }, result);
    }

    public (IntentModel Next, ImmutableArray<StoredExample> Removed) Remove(ImmutableArray<long> ids)
    {
        var removed = Examples.RemoveAll(example => !ids.Contains(example.Id));
        return removed.IsEmpty ? (this, removed) : (this with { Examples = Examples.RemoveAll(example => ids.Contains(example.Id)), Edits = Edits + 1 }, removed);
    }

    public Result<(IntentModel Next, StoredExample Before)> Change(long id, IntentExample to)
    {
        var (text, intent) = IntentExamples.Trim(to);
        if (Examples.FirstOrDefault(example => example.Id == id) is not { } before)
            return new Refusal(RefusalKind.NotFound, "intents.example_not_found", "There is no such example; somebody may have removed it.");
        if (Examples.Any(example => example.Id != id && example.Text == text))
            return new Refusal(RefusalKind.Conflict, "intents.text_exists", "Another example has this text. Remove one of the two.");

        var (next, refusal) = With(Examples.Replace(before, new(id, text, intent)));
        return refusal is not null ? refusal : (next!, before);
    }

    public Result<(IntentModel Next, int Examples)> Rename(string intent, string name)
    {
        if (Examples.All(example => example.Intent != intent))
            return NoIntent;

        var (next, refusal) = With([.. Examples.Select(example => example.Intent == intent ? example with { Intent = name.Trim() } : example)]);
        return refusal is not null ? refusal : (next!, next!.Examples.Count(example => example.Intent == name.Trim()));
    }

    public Result<(IntentModel Next, ImmutableArray<StoredExample> Removed)> RemoveIntent(string intent)
    {
        var removed = Examples.RemoveAll(example => example.Intent != intent);
        return removed.IsEmpty ? NoIntent : (this with { Examples = Examples.RemoveAll(example => example.Intent == intent), Edits = Edits + 1 }, removed);
    }

    /// <summary>With a version more; the oldest that is not active goes when there are too many.</summary>
    public (IntentModel Next, int? Forgotten) With(IntentVersionSummary version, long edits, int maxVersions)
    {
        ImmutableArray<IntentVersionSummary> all = [version, .. Versions];
        int? forgotten = all.Length > maxVersions ? all.Last(one => one.Number != Active).Number : null;
        return (this with { Versions = all.RemoveAll(one => one.Number == forgotten), LastVersion = version.Number, TrainedEdits = edits }, forgotten);
    }

    public Result<IntentModel> Activate(int? number) => number is null || Versions.Any(version => version.Number == number) ? this with { Active = number } : NoVersion;

    public IntentModelStatus Status(TrainingProgress? training, int? ready) => new(
        [.. Examples.CountBy(example => example.Intent).Select(intent => new IntentCount(intent.Key, intent.Value)).OrderBy(intent => intent.Intent, StringComparer.Ordinal)],
        Examples.Length, Examples.Length > 0 && (LastVersion == 0 || Edits != TrainedEdits), training, Versions, Active, ready);

    public static Refusal NoVersion { get; } = new(RefusalKind.NotFound, "intents.version_not_found", "There is no such version; only the newest are kept.");

    private static Refusal NoIntent { get; } = new(RefusalKind.NotFound, "intents.intent_not_found", "No example has this intent.");

    private Result<IntentModel> With(ImmutableArray<StoredExample> examples) =>
        IntentExamples.Limit([.. examples.Select(example => new IntentExample(example.Text, example.Intent))]) is { } refusal
            ? refusal
            : this with { Examples = examples, Edits = Edits + 1 };
}
