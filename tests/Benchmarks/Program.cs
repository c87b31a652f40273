using CustomerService.Benchmarks;
using CustomerService.Evals;

var isQuick = args.Contains("--quick");
var topics = args.Where(argument => !argument.StartsWith('-')).DefaultIfEmpty("durable").ToList();
foreach (var topic in topics)
{
    if (topic != "durable")
    {
        Console.Error.WriteLine("usage: bench [durable] [--quick]   writes artifacts/bench-<topic>.json");
        return 2;
    }

    Figure.Publish(await DurableBenchmark.RunAsync(isQuick), Directory.GetCurrentDirectory(), $"bench-{topic}");
}

return 0;
