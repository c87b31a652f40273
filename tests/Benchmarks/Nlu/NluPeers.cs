using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace CustomerService.Benchmarks;

/// <summary>Runs what others have on the same texts: eld, tinyld, nlp.js and VADER in Node, and fastText by its own program.</summary>
internal static partial class NluPeers
{
    private static readonly TimeSpan s_limit = TimeSpan.FromMinutes(5);

    /// <returns>Figures by name; those of a peer that is not installed are missing, and why is said.</returns>
    public static async Task<Dictionary<string, double>> MeasureAsync(NluTexts texts, string root, bool isQuick)
    {
        var folder = Directory.CreateDirectory(Path.Combine(root, "artifacts/bench-nlu")).FullName;
        var scripts = Path.Combine(root, "tests/Benchmarks/Nlu/peers");
        var figures = new Dictionary<string, double>();
        if (Directory.Exists(Path.Combine(scripts, "node_modules")))
        {
            texts.Write(Path.Combine(folder, "texts.json"));
            var answer = await RunAsync("node", Path.Combine(scripts, "peers.mjs"), Path.Combine(folder, "texts.json"), isQuick ? "0.1" : "1.5");
            figures = JsonSerializer.Deserialize(answer, NluTextsJson.Default.DictionaryStringDouble)!;
        }
        else
            Console.WriteLine("eld, tinyld, nlp.js and VADER are not installed: ./run bench nlu does that");
        await FastTextAsync(texts, folder, isQuick, figures);
        return figures;
    }

    // The program tells no times: what a large file takes longer than a small one is the texts' own.
    private static async Task FastTextAsync(NluTexts texts, string folder, bool isQuick, Dictionary<string, double> figures)
    {
        try { await RunAsync("fasttext", "supervised", "-input", Lines("train.txt", texts.Train, withLabel: true), "-output", Path.Combine(folder, "model"), "-epoch", "50", "-lr", "0.5", "-wordNgrams", "2", "-minn", "3", "-maxn", "5", "-dim", "50", "-bucket", "200000", "-thread", "1"); }
        catch (System.ComponentModel.Win32Exception) { Console.WriteLine("fastText is not installed: ./run bench nlu does that"); return; }

        var model = Path.Combine(folder, "model.bin");
        var said = (await RunAsync("fasttext", "predict", model, Lines("test.txt", texts.Test, withLabel: false))).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        figures["fasttext_intent_accuracy"] = said.Zip(texts.Test).Average(pair => pair.First.Trim() == "__label__" + pair.Second.Label ? 1.0 : 0);
        var repeats = isQuick ? 100 : 1000;
        foreach (var (words, list) in texts.Texts)
        {
            var rows = list.ConvertAll(text => new Labelled(text, ""));
            var (small, large) = (Lines("small.txt", rows, false), Lines("large.txt", [.. Enumerable.Repeat(rows, repeats).SelectMany(all => all)], false));
            var took = await TimeAsync("fasttext", "predict", model, large) - await TimeAsync("fasttext", "predict", model, small);
            figures[string.Create(CultureInfo.InvariantCulture, $"fasttext_{words}_words_us")] = took.TotalMicroseconds / ((repeats - 1) * rows.Count);
        }

        string Lines(string name, List<Labelled> rows, bool withLabel)
        {
            File.WriteAllLines(Path.Combine(folder, name), rows.Select(row => (withLabel ? $"__label__{row.Label} " : "") + string.Join(' ', Word.Matches(row.Text.ToLowerInvariant()).Select(word => word.Value))));
            return Path.Combine(folder, name);
        }
    }

    // fastText splits at blanks alone and expects signs to stand apart.
    [GeneratedRegex(@"[\p{L}\p{N}']+|[^\s\p{L}\p{N}]", RegexOptions.CultureInvariant, 1000)]
    private static partial Regex Word { get; }

    private static async Task<TimeSpan> TimeAsync(string program, params string[] arguments)
    {
        var start = Stopwatch.GetTimestamp();
        await RunAsync(program, arguments);
        return Stopwatch.GetElapsedTime(start);
    }

    private static async Task<string> RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        using var limit = new CancellationTokenSource(s_limit);
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(limit.Token);
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? await output : throw new InvalidOperationException($"{program} ended with {process.ExitCode}: {await errors}");
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
