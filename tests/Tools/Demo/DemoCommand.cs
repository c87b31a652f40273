using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using CustomerService.Evals;

namespace CustomerService.Demo;

/// <summary><c>./run demo</c>: the sample conversations through the real channel of a fresh instance.</summary>
internal static class DemoCommand
{
    private const int AtOnce = 4;
    private const int QuickStep = 3;

    public static async Task<int> RunAsync(bool quick)
    {
        var script = DemoConversation.Read(Repository.Path("Silo", "Sample", "demo.jsonl"));
        if (quick)
            script = [.. script.Where((_, i) => i % QuickStep == 0)];
        var data = Directory.CreateTempSubdirectory("customer-service-demo-").FullName;
        try
        {
            Console.WriteLine($"{script.Length} conversations, {AtOnce} at once, through the web chat of a fresh instance.");
            var sinceStart = Stopwatch.StartNew();
            await using var silo = await SiloProcess.StartAsync(SiloProcess.Dll, data);
            using var http = new HttpClient();
            var results = await PlayAsync(script, new DemoPlayer(silo, http, sinceStart));
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", silo.ApiKey);
            await ReportAsync(results, new DemoJournal(http, silo.Address));
            return 0;
        }
        finally
        {
            Directory.Delete(data, recursive: true);
        }
    }

    private static async Task<ImmutableArray<DemoResult>> PlayAsync(ImmutableArray<DemoConversation> script, DemoPlayer player)
    {
        // The first one alone: how long a stranger waits from the start to the first answer.
        var results = new DemoResult[script.Length];
        results[0] = await player.PlayAsync(script[0]);
        await Parallel.ForAsync(1, script.Length, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (i, _) => results[i] = await player.PlayAsync(script[i]));
        return [.. results];
    }

    private static async Task ReportAsync(ImmutableArray<DemoResult> results, DemoJournal journal)
    {
        DemoTable.PrintHeader();
        var (cited, analysis) = (0, new List<TimeSpan>());
        foreach (var result in results)
        {
            var entries = await journal.ReadAsync(result.ConversationId);
            DemoTable.Print(result, entries);
            cited += entries.Count(entry => DemoTable.Cited(entry["event"]!["message"]?["answer"] as JsonObject).Any());
            foreach (var message in result.Script.Messages)
                analysis.Add(await journal.TimeAnalysisAsync(message.Text));
        }

        var turns = results.SelectMany(result => result.Turns).Where(turn => turn.Latency is not null).Select(turn => turn.Latency!.Value).ToList();
        Figure.Publish(
            [
                new("demo.conversations", results.Length, "conversations"),
                new("demo.cited_answers", cited, "answers"),
                new("demo.turn_p50_ms", Percentile(turns, 0.50), "ms"),
                new("demo.turn_p99_ms", Percentile(turns, 0.99), "ms"),
                new("demo.nlu_p99_ms", Percentile(analysis, 0.99), "ms"),
                new("demo.first_answer_s", results[0].FirstAnswerAt?.TotalSeconds ?? double.NaN, "s", 3),
            ],
            Repository.Root,
            "demo");
    }

    private static double Percentile(List<TimeSpan> times, double share)
    {
        if (times.Count == 0)
            return double.NaN;
        times.Sort();
        return Math.Round(times[Math.Min(times.Count - 1, (int)(share * times.Count))].TotalMilliseconds, 1);
    }
}
