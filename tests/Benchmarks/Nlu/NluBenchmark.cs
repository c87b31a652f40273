using System.Diagnostics;
using CustomerService.Evals;
using CustomerService.Nlu;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CustomerService.Benchmarks;

/// <summary>Understanding: the whole analysis of a message and each part of it, on one core, beside what others have, on the same texts in one run.</summary>
internal static class NluBenchmark
{
    private const double PerSecond = 200;

    // Of ten messages seven are short and one is a letter.
    private static readonly int[] s_mixture = [7, 7, 7, 7, 30, 7, 7, 30, 7, 120];

    public static async Task<IReadOnlyCollection<Figure>> RunAsync(bool isQuick)
    {
        var root = Repository.Root;
        var texts = NluTexts.Read(root);
        var peers = await NluPeers.MeasureAsync(texts, root, isQuick);
        var cores = UseCores(1);
        try { return await MeasureAsync(texts, peers, isQuick); }
        finally { UseCores(cores); }
    }

    private static async Task<IReadOnlyCollection<Figure>> MeasureAsync(NluTexts texts, Dictionary<string, double> peers, bool isQuick)
    {
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Nlu:Parallelism", "1")]);
        builder.Services.AddLogging();
        builder.Services.AddNlu(builder.Configuration);
        using var host = builder.Build();
        await host.StartAsync();
        var stages = new NluStages(texts, host.Services.GetRequiredService<TunedEncoder>(), host.Services.GetRequiredService<SentenceEncoder>(), host.Services.GetRequiredService<UnderstandingModels>(), peers, isQuick);
        var understanding = host.Services.GetRequiredService<Understanding>();

        List<Figure> figures = [.. await WholeAsync(understanding, texts, isQuick), .. stages.Times()];
        figures.Add(figures.Single(figure => figure.Name == "nlu.language_30_words_us") with { Name = "nlu.language_us" });
        figures.AddRange(stages.Accuracies());
        await host.StopAsync();
        return [.. figures, .. peers.OrderBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => new Figure("peer." + pair.Key, pair.Value, UnitOf(pair.Key)))];
    }

    // First what each message takes alone, then what many do to each other: an overload leaves work behind.
    private static async Task<List<Figure>> WholeAsync(Understanding understanding, NluTexts texts, bool isQuick)
    {
        var (figures, time) = (new List<Figure>(), TimeSpan.FromSeconds(isQuick ? 0.8 : 8));
        var mixed = Enumerable.Range(0, 60).Select(i => texts.Texts[s_mixture[i % s_mixture.Length]][i]).ToList();
        (string Name, List<string> Texts)[] sets = [("nlu.", mixed), .. NluTexts.Lengths.Select(length => ($"nlu.{length}_words_", texts.Texts[length]))];
        foreach (var (name, list) in sets)
        {
            await AloneAsync(understanding, list, time / 4);
            var cpu = Environment.CpuUsage.TotalTime;
            var times = await AloneAsync(understanding, list, time);
            figures.Add(new(name + "cpu_ms", (Environment.CpuUsage.TotalTime - cpu).TotalMilliseconds / times.Count, "ms", 3));
            figures.AddRange(Percentiles(name, times));
        }

        figures.Add(new("nlu.messages_per_s", await TogetherAsync(understanding, mixed, time), "1/s"));
        foreach (var (name, list) in sets)
        {
            await DrainAsync(understanding);
            var (times, degraded) = await PacedAsync(understanding, list, time);
            figures.AddRange(Percentiles(name + "at_200_per_s_", times));
            figures.Add(new(name + "at_200_per_s_degraded", degraded, "share"));
        }

        return figures;
    }

    private static async Task DrainAsync(Understanding understanding)
    {
        for (var i = 0; i < 100 && (await AskAsync(understanding, "Where is my order?")).IsDegraded; i++)
            await Task.Delay(100);
    }

    private static async Task<List<double>> AloneAsync(Understanding understanding, List<string> texts, TimeSpan time)
    {
        var (times, begin) = (new List<double>(), Stopwatch.GetTimestamp());
        for (var i = 0; Stopwatch.GetElapsedTime(begin) < time; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await AskAsync(understanding, texts[i % texts.Count]);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        return times;
    }

    private static async Task<double> TogetherAsync(Understanding understanding, List<string> texts, TimeSpan time)
    {
        var begin = Stopwatch.GetTimestamp();
        var counts = await Task.WhenAll(Enumerable.Range(0, 16).Select(async caller => (await AloneAsync(understanding, [.. texts.Skip(caller), .. texts.Take(caller)], time)).Count));
        return counts.Sum() / Stopwatch.GetElapsedTime(begin).TotalSeconds;
    }

    // Messages come when they come, whether the last is done or not; the time counts from when each should have begun.
    private static async Task<(List<double> Times, double Degraded)> PacedAsync(Understanding understanding, List<string> texts, TimeSpan time)
    {
        var (begin, asked) = (Stopwatch.GetTimestamp(), new List<Task<(double Time, bool IsDegraded)>>());
        for (var i = 0; i < time.TotalSeconds * PerSecond; i++)
        {
            var due = TimeSpan.FromSeconds(i / PerSecond);
            if (due - Stopwatch.GetElapsedTime(begin) is { Ticks: > 0 } early)
                await Task.Delay(early);
            var text = texts[i % texts.Count];
            asked.Add(Task.Run(async () =>
            {
                var analysis = await AskAsync(understanding, text);
                return ((Stopwatch.GetElapsedTime(begin) - due).TotalMilliseconds, analysis.IsDegraded);
            }));
        }

        var answers = await Task.WhenAll(asked);
        return ([.. answers.Select(answer => answer.Time)], answers.Average(answer => answer.IsDegraded ? 1.0 : 0));
    }

    private static Task<Analysis> AskAsync(Understanding understanding, string text) =>
        understanding.AnalyzeAsync(new AnalysisRequest(text, new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero), LanguageHint: null), default);

    private static IEnumerable<Figure> Percentiles(string name, List<double> times)
    {
        times.Sort();
        return [new(name + "p50_ms", times[times.Count / 2], "ms"), new(name + "p99_ms", times[times.Count * 99 / 100], "ms", 15)];
    }

    // A mask; gives back the one before.
    private static nint UseCores(nint mask)
    {
        if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows())
            return mask;
        using var process = Process.GetCurrentProcess();
        var before = process.ProcessorAffinity;
        process.ProcessorAffinity = mask;
        return before;
    }

    private static string UnitOf(string name) => name.EndsWith("_ms", StringComparison.Ordinal) ? "ms" : name.EndsWith("_us", StringComparison.Ordinal) ? "µs" : "share";
}
