using System.Diagnostics;
using CustomerService.Nlu;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CustomerService.Evals;

/// <summary>How long one message takes on the full path, alone and with others, and how long the models take to load.</summary>
internal static class Speed
{
    public static async Task<List<Figure>> RunAsync(EvalOptions options)
    {
        var (watch, cpu) = (Stopwatch.StartNew(), Cpu());
        var builder = Host.CreateEmptyApplicationBuilder(null);
        builder.Configuration.AddInMemoryCollection([new("Nlu:Budget", "00:00:05")]);
        builder.Services.AddLogging();
        builder.Services.AddNlu(builder.Configuration);
        using var host = builder.Build();
        await host.StartAsync();
        var understanding = host.Services.GetRequiredService<Understanding>();
        await understanding.AnalyzeAsync(Request("Where is my order?"), default);
        List<Figure> figures = [new("nlu.load_ms", watch.ElapsedMilliseconds, "ms", 1_000), new("nlu.load_cpu_ms", (Cpu() - cpu).TotalMilliseconds, "ms")];

        var texts = File.ReadLines(Path.Combine(options.Root, "models/data/intents-en-eval.tsv")).Select(line => line.Split('\t')[1]).ToList();
        var others = SupportIntents.OtherLanguages(options).Select(row => row.Text).ToList();
        await AloneAsync(understanding, texts, 1);
        figures.AddRange(await MeasureAsync("nlu.message", understanding, texts, options.Quick ? 4 : 12));
        figures.AddRange((await MeasureAsync("nlu.message_without_vector", understanding, others, options.Quick ? 4 : 12)).Where(figure => figure.Name.EndsWith("cpu_ms", StringComparison.Ordinal)));
        var longText = string.Join(' ', texts.Take(14));
        figures.AddRange((await MeasureAsync("nlu.message_700_characters", understanding, [.. Enumerable.Repeat(longText, 25)], 2)).Where(figure => !figure.Name.EndsWith("p50_ms", StringComparison.Ordinal)));
        figures.Add(await TogetherAsync(understanding, texts, options.Quick ? 4 : 16));
        await host.StopAsync();
        return figures;
    }

    private static async Task<Figure[]> MeasureAsync(string name, Understanding understanding, List<string> texts, int rounds)
    {
        var cpu = Cpu();
        var times = await AloneAsync(understanding, texts, rounds);
        var cpuEach = (Cpu() - cpu).TotalMilliseconds / times.Count;
        times.Sort();
        return [new(name + "_p50_ms", times[times.Count / 2], "ms"), new(name + "_p99_ms", times[times.Count * 99 / 100], "ms", 15), new(name + "_cpu_ms", cpuEach, "ms", 3)];
    }

    private static async Task<List<double>> AloneAsync(Understanding understanding, List<string> texts, int rounds)
    {
        var times = new List<double>();
        for (var round = 0; round < rounds; round++)
            foreach (var text in texts)
            {
                var start = Stopwatch.GetTimestamp();
                await understanding.AnalyzeAsync(Request(text), default);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }

        return times;
    }

    // Sixteen callers: what arrives during an inference shares the next one.
    private static async Task<Figure> TogetherAsync(Understanding understanding, List<string> texts, int rounds)
    {
        var cpu = Cpu();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => AloneAsync(understanding, texts, rounds / 4)));
        return new Figure("nlu.message_16_callers_cpu_ms", (Cpu() - cpu).TotalMilliseconds / (16 * texts.Count * (rounds / 4)), "ms", 3);
    }

    private static AnalysisRequest Request(string text) => new(text, new DateTimeOffset(2026, 11, 22, 12, 0, 0, TimeSpan.Zero), LanguageHint: null);

    private static TimeSpan Cpu() => Process.GetCurrentProcess().TotalProcessorTime;
}
