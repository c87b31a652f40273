namespace CustomerService.Evals;

/// <summary>Everything that <c>Evals nlu</c> measures, in the order of its report.</summary>
internal static class NluEval
{
    private static readonly Func<EvalOptions, IEnumerable<Figure>>[] _tasks =
    [
        SupportIntents.Run,
        RequestsEval.Run,
        OwnIntentsEval.Run,
        LanguageEval.Run,
        EntityEval.Run,
        Sentiments.Run,
        SentimentDepth.Run,
        TrajectoryEval.Run,
    ];

    public static async Task<int> RunAsync(EvalOptions options) =>
        Publish(options, "eval-nlu", () => _tasks.SelectMany(task => task(options)), await SpeedAsync(options));

    public static int Run(EvalOptions options, string name, params Func<EvalOptions, IEnumerable<Figure>>[] tasks) =>
        Publish(options, name, () => tasks.SelectMany(task => task(options)), []);

    public static async Task<int> RunSpeedAsync(EvalOptions options) => Publish(options, "eval-speed", () => [], await SpeedAsync(options));

    // First, while nothing else has warmed or filled the machine's caches.
    private static async Task<List<Figure>> SpeedAsync(EvalOptions options) => Directory.Exists(options.Data) ? await Speed.RunAsync(options) : [];

    private static int Publish(EvalOptions options, string name, Func<IEnumerable<Figure>> measure, List<Figure> measured)
    {
        if (!Directory.Exists(options.Data))
        {
            Console.Error.WriteLine($"The data sets are not at {options.Data}. Give their folder: --data <folder>.");
            return 1;
        }

        List<Figure> figures = [.. measure(), .. measured];
        Figure.Publish(figures, options.Root, name);
        if (options.Accept)
            Baseline.Accept(figures, options.Root, name);
        return options.Quick || Baseline.Holds(figures, options.Root, name) ? 0 : 1;
    }
}
