using CustomerService.Nlu;

namespace CustomerService.Evals;

/// <summary>Entities: exact span and kind, on templates not trained on, on our own support sentences and on the order ids of the support set.</summary>
internal static class EntityEval
{
    public static IEnumerable<Figure> Run(EvalOptions options)
    {
        var recogniser = EntityRecogniser.Load(Path.Combine(options.Root, "models/entities/entities.bin"));
        var templates = Score(recogniser, "entities, PII templates not trained on", EntitySets.Presidio(options.Data).ToList());
        var support = Score(recogniser, "entities, own support sentences", EntitySets.Support(options.Root).ToList());
        var orders = Score(recogniser, "entities, order ids of the support set", EntitySets.OrderIds(options.Data).ToList());
        return
        [
            new("nlu.entity_f1", templates.F1, "F1"),
            new("nlu.entity_f2", templates.F2, "F2"),
            new("nlu.entity_f1_support", support.F1, "F1"),
            new("nlu.entity_values", support.Values, "share"),
            new("nlu.entity_f1_order_ids", orders.F1, "F1"),
            // The peer is Presidio tuned on its own split of the same generator, by tokens.
            new("nlu.pii_found_f2", templates.CharactersF2, "F2", Peer: 0.85),
            new("nlu.entity_us", orders.Microseconds, "µs CPU"),
        ];
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
