namespace CustomerService.Evals;

/// <summary>How an evaluation runs.</summary>
/// <param name="Quick">A sample of each set, under 45 seconds in all.</param>
/// <param name="Accept">The figures become those that later runs must not fall behind (<see cref="Baseline"/>).</param>
/// <param name="Data">The folder of the public data sets.</param>
/// <param name="Root">The repository's root.</param>
internal sealed record EvalOptions(bool Quick, bool Accept, string Data, string Root)
{
    public static EvalOptions Read(IEnumerable<string> arguments)
    {
        var root = Repository.Root;
        var options = new EvalOptions(Quick: false, Accept: false, Path.GetFullPath(Path.Combine(root, "../shared/data")), root);
        var rest = new Queue<string>(arguments);
        while (rest.TryDequeue(out var argument))
            options = argument switch
            {
                "--quick" => options with { Quick = true },
                "--accept" => options with { Accept = true },
                "--data" when rest.TryDequeue(out var folder) => options with { Data = Path.GetFullPath(folder) },
                _ => throw new ArgumentException($"Unknown option {argument}.", nameof(arguments)),
            };
        return options;
    }
}
