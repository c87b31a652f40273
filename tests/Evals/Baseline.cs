using System.Text.Json;

namespace CustomerService.Evals;

/// <summary>The figures that were last committed, <c>tests/Evals/baseline/&lt;name&gt;.json</c>: what an evaluation must not fall behind.</summary>
internal static class Baseline
{
    // The texts are always the same, so only a change of a model or rule moves a figure. One point is about one and a half standard errors of a share of 1,000 texts.
    private const double Noise = 0.01;

    private static readonly string[] _shares = ["of 1", "share", "F1", "F2", "macro F1", "Pearson"];

    // Of these less is better.
    private static readonly string[] _costs = ["_ece", "_error", "_rejected", "_false_alarms", "_too_soon", ".ece"];

    /// <summary>Prints what has changed by more than noise, and says whether nothing has become worse.</summary>
    public static bool Holds(IReadOnlyCollection<Figure> figures, string root, string name)
    {
        var path = PathOf(root, name);
        if (!File.Exists(path))
            return true;

        var before = JsonSerializer.Deserialize(File.ReadAllBytes(path), FigureJson.Default.IReadOnlyCollectionFigure)!.ToDictionary(figure => figure.Name, figure => figure.Value);
        var changes = figures.Where(IsShare).Where(figure => before.ContainsKey(figure.Name)).Select(figure => (figure.Name, Before: before[figure.Name], Now: figure.Value))
            .Where(change => Math.Abs(change.Now - change.Before) > Noise).ToList();
        var missing = before.Keys.Except(figures.Select(figure => figure.Name)).ToList();
        foreach (var (figure, then, now) in changes)
            Console.Error.WriteLine($"{(IsWorse(figure, then, now) ? "worse " : "better")} {figure}: {then:0.####} -> {now:0.####}");
        foreach (var figure in missing)
            Console.Error.WriteLine($"missing {figure}: it was {before[figure]:0.####}");
        return missing.Count == 0 && !changes.Any(change => IsWorse(change.Name, change.Before, change.Now));
    }

    /// <summary>Makes these figures the ones to keep up with: those that are shares, because times belong to a machine.</summary>
    public static void Accept(IReadOnlyCollection<Figure> figures, string root, string name)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(PathOf(root, name))!);
        File.WriteAllText(PathOf(root, name), JsonSerializer.Serialize([.. figures.Where(IsShare)], FigureJson.Default.IReadOnlyCollectionFigure) + "\n");
        Console.Error.WriteLine($"Written: {Path.GetRelativePath(root, PathOf(root, name))}");
    }

    private static bool IsShare(Figure figure) => _shares.Contains(figure.Unit);

    private static bool IsWorse(string name, double before, double now) => _costs.Any(cost => name.EndsWith(cost, StringComparison.Ordinal)) ? now > before : now < before;

    private static string PathOf(string root, string name) => Path.Combine(root, "tests/Evals/baseline", name + ".json");
}
