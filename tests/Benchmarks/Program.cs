using CustomerService.Benchmarks;
using CustomerService.Evals;

var topics = new Dictionary<string, Func<bool, Task<IReadOnlyCollection<Figure>>>>
{
    ["engine"] = EngineBenchmark.RunAsync,
    ["durable"] = DurableBenchmark.RunAsync,
    ["screen"] = ScreenBenchmark.RunAsync,
};
var isQuick = args.Contains("--quick");
var wanted = args.Where(argument => !argument.StartsWith('-')).ToList();
if (args.Any(argument => argument.StartsWith('-') && argument != "--quick") || wanted.Exists(topic => !topics.ContainsKey(topic)))
{
    Console.Error.WriteLine("""
        usage: bench [engine] [durable] [screen] [--quick]   writes artifacts/bench-<topic>.json
          engine    grain calls, state, streams and activations of the embedded engine, beside a bare mailbox
          durable   messages a second through the whole conversation path, beside bare inserts
          screen    from a contact's send to the agent's screen, in a real browser
        """);
    return 2;
}

foreach (var topic in wanted.Count > 0 ? wanted : [.. topics.Keys])
    Figure.Publish(await topics[topic](isQuick), Directory.GetCurrentDirectory(), $"bench-{topic}");
return 0;
