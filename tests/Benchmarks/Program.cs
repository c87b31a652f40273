using System.Globalization;
using CustomerService.Benchmarks;
using CustomerService.Evals;

var topics = new Dictionary<string, Func<bool, Task<IReadOnlyCollection<Figure>>>>
{
    ["engine"] = EngineBenchmark.RunAsync,
    ["durable"] = DurableBenchmark.RunAsync,
    ["conversations"] = ConversationsBenchmark.RunAsync,
    ["screen"] = ScreenBenchmark.RunAsync,
    ["nlu"] = NluBenchmark.RunAsync,
};
var minutes = 30.0;
var isBadTime = Array.IndexOf(args, "--minutes") is >= 0 and var place
    && !(double.TryParse(args.ElementAtOrDefault(place + 1), CultureInfo.InvariantCulture, out minutes) && minutes is > 0 and <= 1440);
topics["soak"] = isQuick => SoakBenchmark.RunAsync(isQuick ? TimeSpan.FromSeconds(35) : TimeSpan.FromMinutes(minutes));
var wanted = args.Where((argument, index) => !argument.StartsWith('-') && args.ElementAtOrDefault(index - 1) != "--minutes").ToList();
if (isBadTime || args.Any(argument => argument.StartsWith('-') && argument is not ("--quick" or "--minutes")) || wanted.Exists(topic => !topics.ContainsKey(topic)))
{
    Console.Error.WriteLine("""
        usage: bench [engine] [durable] [conversations] [screen] [nlu] [soak [--minutes 30]] [--quick]   writes artifacts/bench-<topic>.json
          engine          grain calls, state, streams and activations of the embedded engine, beside a bare mailbox
          durable         messages a second through the whole conversation path, beside bare inserts
          conversations   a million live conversations in one process, and random traffic over them
          screen          from a contact's send to the agent's screen, in a real browser
          nlu             understanding and each part of it on one core, beside nlp.js, fastText, eld, tinyld and VADER on the same texts
          soak            a steady rate for a long time, and whether memory stays flat; only when named
        """);
    return 2;
}

foreach (var topic in wanted.Count > 0 ? wanted : [.. topics.Keys.Where(topic => topic != "soak")])
    Figure.Publish(await topics[topic](args.Contains("--quick")), Directory.GetCurrentDirectory(), $"bench-{topic}");
return 0;
