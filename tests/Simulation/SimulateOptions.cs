using CustomerService.Simulation.Mutations;

namespace CustomerService.Simulation;

/// <summary>What was asked for on the command line.</summary>
internal sealed record SimulateOptions
{
    public ulong? Seed { get; init; }

    public int? Seeds { get; init; }

    public double? Hours { get; init; }

    public ulong From { get; init; } = 1;

    public bool IsQuick { get; init; }

    public Mutation Mutation { get; init; } = Mutation.None;

    public static SimulateOptions? Read(string[] arguments)
    {
        var options = new SimulateOptions();
        for (var index = 0; index < arguments.Length; index++)
        {
            var value = arguments.ElementAtOrDefault(index + 1);
            (SimulateOptions? Next, int Used) read = arguments[index] switch
            {
                "--quick" => (options with { IsQuick = true }, 0),
                "--seed" when ulong.TryParse(value, out var seed) => (options with { Seed = seed }, 1),
                "--from" when ulong.TryParse(value, out var from) => (options with { From = from }, 1),
                "--seeds" when int.TryParse(value, out var seeds) && seeds > 0 => (options with { Seeds = seeds }, 1),
                "--hours" when double.TryParse(value, out var hours) && hours > 0 => (options with { Hours = hours }, 1),
                "--mutation" when AllMutations.List.FirstOrDefault(known => known.Name == value) is { } mutation => (options with { Mutation = mutation }, 1),
                _ => (null, 0),
            };
            if (read.Next is null)
                return null;
            (options, index) = (read.Next, index + read.Used);
        }

        return options;
    }

    public static int Print()
    {
        Console.WriteLine(
            $"""
            usage: ./run simulate [options]   without any: 300 seeds, then every mutation
              --seed N          play seed N twice, tell what happened, compare the traces
              --seeds K         play K seeds
              --hours H         play seeds until H hours have been simulated
              --from N          the first of these seeds; default 1
              --quick           60 seeds, then every mutation
              --mutation NAME   with a defect put in: {string.Join(", ", AllMutations.List.Select(mutation => $"\"{mutation.Name}\""))}
            """);
        return 2;
    }
}
