namespace CustomerService.Evals;

/// <summary>Everything that <c>Evals nlu</c> measures, in the order of its report.</summary>
internal static class NluEval
{
    private static readonly Func<EvalOptions, IEnumerable<Figure>>[] _tasks =
    [
        SupportIntents.Run,
        EntityEval.Run,
    ];

    public static int Run(EvalOptions options) => Run(options, "eval-nlu", _tasks);

    public static int Run(EvalOptions options, string name, params Func<EvalOptions, IEnumerable<Figure>>[] tasks)
    {
        if (!Directory.Exists(options.Data))
        {
            Console.Error.WriteLine($"The data sets are not at {options.Data}. Give their folder: --data <folder>.");
            return 1;
        }

        Figure.Publish([.. tasks.SelectMany(task => task(options))], options.Root, name);
        return 0;
    }
}
