using CustomerService.Nlu;

namespace CustomerService.Evals;

/// <summary>Entities: exact span and kind, on templates not trained on, on our own support sentences and on the order ids of the support set.</summary>
internal static class EntityEval
{
    public static IEnumerable<Figure> Run(EvalOptions options)
    {
        var recogniser = EntityRecogniser.Load(Path.Combine(options.Root, "models/entities/entities.bin"));
        var sentences = PiiSentences.Read(options.Root, EntitySets.Now);
        var own = Score(recogniser, "entities, PII sentences of our own", sentences);
        Console.WriteLine($"  words of its names that texts to learn from have too: {string.Join(' ', PiiSentences.KnownNames(sentences, options))}");
        var templates = Score(recogniser, "entities, PII templates not trained on", EntitySets.Presidio(options.Data).ToList());
        var support = Score(recogniser, "entities, own support sentences", EntitySets.Support(options.Root).ToList());
        var orders = Score(recogniser, "entities, order ids of the support set", EntitySets.OrderIds(options.Data).ToList());
        return
        [
            new("nlu.pii_f2", own.TokensF2, "F2", Peer: 0.85),
            new("nlu.pii_f2_exact", own.F2, "F2"),
            new("nlu.pii_f2_templates", templates.TokensF2, "F2", Peer: 0.85),
            new("nlu.pii_f2_templates_exact", templates.F2, "F2"),
            .. Structured(recogniser, options, [own, templates]),
            new("nlu.entity_f1", templates.F1, "F1"),
            new("nlu.entity_f1_support", support.F1, "F1"),
            new("nlu.entity_values", support.Values, "share"),
            new("nlu.entity_f1_order_ids", orders.F1, "F1"),
            // The peer is Presidio tuned on its own split of the same generator, by tokens.
            new("nlu.pii_found_f2", templates.CharactersF2, "F2", Peer: 0.85),
            .. OtherLanguages(recogniser, options),
            new("nlu.entity_us", orders.Microseconds, "µs CPU"),
        ];
    }

    // Who is named in the languages beside English, German, French and Spanish, and that nobody is found where nobody is named.
    private static IEnumerable<Figure> OtherLanguages(EntityRecogniser recogniser, EvalOptions options)
    {
        var named = PiiSentences.Read(options.Root, EntitySets.Now, "pii-others.txt");
        var score = Score(recogniser, "people in 18 other languages", named);
        Console.WriteLine($"  words of its names that texts to learn from have too: {string.Join(' ', PiiSentences.KnownNames(named, options))}");
        yield return new("nlu.entity_person_other_languages_recall", score.Recall(EntityKind.Person).Found / score.Recall(EntityKind.Person).All, "share");

        var nameless = SupportIntents.OtherLanguages(options)
            .Select(row => (row.Language, row.Text, Found: recogniser.Find(row.Text, new(EntitySets.Now, row.Language)).Where(entity => entity.Kind is EntityKind.Person or EntityKind.Company).ToList())).ToList();
        Console.WriteLine("nobody is named, somebody found: " + string.Join(", ", nameless.GroupBy(row => row.Language).Select(group => $"{group.Key} {group.Count(row => row.Found.Count > 0)}/{group.Count()}")));
        foreach (var (language, text, found) in nameless.Where(row => row.Found.Count > 0).Take(40))
            Console.WriteLine($"  {language} {string.Join(", ", found.Select(entity => $"{entity.Kind} '{entity.Value}'"))} in: {text}");
        yield return new("nlu.entity_nobody_found_22_languages", nameless.Average(row => row.Found.Count == 0 ? 1.0 : 0), "share");
    }

    // Cards, IBANs, email addresses and telephone numbers: the exact span and kind, over all sets that have them.
    private static IEnumerable<Figure> Structured(EntityRecogniser recogniser, EvalOptions options, IEnumerable<EntityScore> texts)
    {
        var numbers = new NumberSet(EntitySets.Now);
        EntityScore[] sets =
        [
            .. texts,
            Score(recogniser, "cards in every form", [.. numbers.Cards()]),
            Score(recogniser, "IBANs in every form", [.. numbers.IbanNumbers()]),
            Score(recogniser, "email addresses in every form", [.. numbers.Emails()]),
            Score(recogniser, "international telephone numbers in every form", [.. numbers.InternationalPhones()]),
            Score(recogniser, "telephone numbers of 31 countries as written there", [.. numbers.NationalPhones(options.Data)]),
        ];
        EntityKind[] kinds = [EntityKind.Card, EntityKind.Iban, EntityKind.Email, EntityKind.Phone];
        var counts = kinds.Select(kind => (kind, Found: sets.Sum(set => set.Recall(kind).Found), All: sets.Sum(set => set.Recall(kind).All))).ToList();
        yield return new("nlu.pii_structured_recall", counts.Sum(c => c.Found) / counts.Sum(c => c.All), "share");
        foreach (var (kind, found, all) in counts)
            yield return new($"nlu.pii_recall_{kind.ToString().ToLowerInvariant()}", found / all, "share");
    }

    private static EntityScore Score(EntityRecogniser recogniser, string title, List<EntityCase> cases)
    {
        foreach (var item in cases.Take(50))
            recogniser.Find(item.Text, item.Context);
        var start = Environment.CpuUsage.TotalTime;
        var found = cases.ConvertAll(item => recogniser.Find(item.Text, item.Context));
        var score = new EntityScore(cases, found, Environment.CpuUsage.TotalTime - start);
        score.Print(title);
        return score;
    }
}
