using System.Reflection;
using System.Text.RegularExpressions;
using CustomerService.Conformance;

namespace CustomerService.EngineTests;

/// <summary>CONFORMANCE.md against the tests that there are.</summary>
public sealed partial class ConformanceTableTests
{
    private static readonly string[] Tests =
    [
        .. typeof(ClusterFixture).Assembly.GetTypes().Concat(typeof(ConformanceTableTests).Assembly.GetTypes())
            .SelectMany(type => type.GetMethods().Where(method => method.GetCustomAttributes<FactAttribute>().Any()).Select(method => $"{type.Name}.{method.Name}")),
    ];

    [Fact]
    public void Every_test_that_the_table_names_exists() => Assert.Empty(Named().Except(Tests));

    [Fact]
    public void Every_test_of_the_suite_is_in_the_table()
    {
        var suite = typeof(ClusterFixture).Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Where(method => method.GetCustomAttributes<FactAttribute>().Any()).Select(method => $"{type.Name}.{method.Name}"));

        Assert.Empty(suite.Except(Named()));
    }

    // `Class.Test`, or `.Test` of the class named before it in the row.
    private static IEnumerable<string> Named()
    {
        foreach (var row in File.ReadLines(Repository.Path("tests", "Engine.Conformance", "CONFORMANCE.md")))
        {
            var type = "";
            foreach (Match match in Name().Matches(row))
            {
                type = match.Groups["type"].Length > 0 ? match.Groups["type"].Value : type;
                yield return $"{type}.{match.Groups["name"].Value}";
            }
        }
    }

    [GeneratedRegex(@"`(?<type>\w*Tests)?\.(?<name>\w+)`", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
