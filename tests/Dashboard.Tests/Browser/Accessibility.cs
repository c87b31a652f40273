using System.Text.Json;
using Microsoft.Playwright;

namespace CustomerService.Browser;

/// <summary>Runs axe-core (npm, <c>tests/Dashboard.Tests/package.json</c>) in a page.</summary>
public static class Accessibility
{
    private const string Run = """
        async () => {
          const result = await axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] });
          return JSON.stringify(result.violations.map(v => `${v.id}: ${v.help}\n` + v.nodes.slice(0, 4).map(n => `    ${n.html.slice(0, 160)}\n      ${n.any.concat(n.all).map(c => c.message).join('; ').slice(0, 240)}`).join('\n')));
        }
        """;

    private static readonly Lazy<string> Script = new(() => File.ReadAllText(Find()));

    /// <returns>One text per broken rule, with the elements that break it; empty when nothing does.</returns>
    public static async Task<string[]> ViolationsAsync(IPage page)
    {
        // The live page takes the title of the page as first sent away, and sets it again a moment later.
        await page.WaitForFunctionAsync("() => document.title");
        await page.EvaluateAsync(Script.Value);
        return JsonSerializer.Deserialize<string[]>(await page.EvaluateAsync<string>(Run))!;
    }

    private static string Find()
    {
        var path = Path.Combine(Repository.Root, "tests/Dashboard.Tests/node_modules/axe-core/axe.min.js");
        return File.Exists(path) ? path : throw new InvalidOperationException("axe-core is missing. ./run test installs it; by hand: npm ci in tests/Dashboard.Tests.");
    }
}

/// <summary>Where the sources are that a test was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "CustomerService.sln"))
            ? folder.FullName
            : Find(folder.Parent ?? throw new InvalidOperationException("Run the tests from a build inside the repository."));
}
