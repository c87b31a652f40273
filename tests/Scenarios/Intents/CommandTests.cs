using System.Diagnostics;
using System.Text.Json.Nodes;

namespace CustomerService.Intents;

/// <summary><c>./run analyze</c> and <c>./run intents</c>, as somebody at a terminal uses them.</summary>
public sealed class CommandTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Analyze_prints_what_is_understood_of_each_text_of_a_file()
    {
        var (exitCode, output, errors) = await RunAsync("analyze", Write("texts.csv", "id,text\n1,Where is my order?\n2,\"Ich möchte mein Geld zurück, bitte\"\n"));

        Assert.True(exitCode == 0, $"It ended with {exitCode}. {errors}");
        var lines = Lines(output);
        Assert.Equal(["Where is my order?", "Ich möchte mein Geld zurück, bitte"], lines.Select(line => line["text"]!.GetValue<string>()));
        Assert.Equal(["en", "de"], lines.Select(line => line["analysis"]!["language"]!["code"]!.GetValue<string>()));
        Assert.Equal("track_order", lines[0]["analysis"]!["intents"]![0]!["intent"]!.GetValue<string>());
    }

    [Fact]
    public async Task Intents_trains_on_one_file_names_the_texts_of_another_and_says_how_many_are_right()
    {
        var examples = Write("examples.jsonl", """
            {"text":"Please mow my lawn","intent":"mowing"}
            {"text":"Cut the grass on Friday","intent":"mowing"}
            {"text":"Trim the old oak","intent":"pruning"}
            {"text":"My apple tree needs pruning","intent":"pruning"}
            """);

        var (exitCode, output, errors) = await RunAsync("intents", examples, Write("texts.tsv", "text\tlabel\nmow the grass\tmowing\nprune the tree\tpruning\n"));

        Assert.Equal(0, exitCode);
        Assert.Equal(["mowing", "pruning"], Lines(output).Select(line => line["intent"]!.GetValue<string>()));
        Assert.Contains("4 examples, 2 intents", errors);
        Assert.Contains("2 of 2 texts", errors);
    }

    [Theory]
    [InlineData("text,intent\none,a\n", "intents")]
    [InlineData("one,two\n", "Line 1: ")]
    public async Task What_cannot_be_trained_on_is_named_with_its_file(string content, string reason)
    {
        var path = Write("bad.csv", content);

        var (exitCode, output, errors) = await RunAsync("intents", path, path);

        Assert.Equal(1, exitCode);
        Assert.Empty(output);
        Assert.StartsWith(path, errors, StringComparison.Ordinal);
        Assert.Contains(reason, errors, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("   at ", errors);
    }

    [Fact]
    public async Task Models_describes_a_set_and_says_whether_it_may_answer()
    {
        var set = Path.Combine(_folder.Path, "2026-12");
        Directory.CreateDirectory(Path.Combine(set, "language"));
        foreach (var file in (string[])["language.bin", "MODEL.md"])
            File.Copy(Repository.Path("models", "language", file), Path.Combine(set, "language", file));

        var made = await RunAsync("models", "make", set);
        var good = await RunAsync("models", "check", set);
        File.AppendAllText(Path.Combine(set, "language", "language.bin"), "x");
        var bad = await RunAsync("models", "check", set);

        Assert.Equal((0, 0, 1), (made.ExitCode, good.ExitCode, bad.ExitCode));
        Assert.Contains("version 2026-12 with language", made.Output);
        Assert.StartsWith("2026-12 may answer", good.Output, StringComparison.Ordinal);
        Assert.StartsWith("models.hash_wrong: ", bad.Errors, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();

    private static List<JsonNode> Lines(string output) => [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];

    private string Write(string name, string content)
    {
        File.WriteAllText(_folder.File(name), content);
        return _folder.File(name);
    }

    // The tools as they were built beside this program, in the same configuration.
    private static async Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments)
    {
        var dll = Path.Combine([Repository.Root, "tests", "Tools", .. Path.GetRelativePath(Repository.Root, AppContext.BaseDirectory).Split(Path.DirectorySeparatorChar).Skip(2), "Tools.dll"]);
        using var process = Process.Start(new ProcessStartInfo("dotnet", [dll, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false })!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(patience.Token);
            var errors = process.StandardError.ReadToEndAsync(patience.Token);
            await process.WaitForExitAsync(patience.Token);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited)
                process.Kill();
        }
    }
}
