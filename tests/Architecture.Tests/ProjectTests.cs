using System.Xml.Linq;

namespace CustomerService;

/// <summary>The table of STYLE: which project may reference which, and what folders may be called.</summary>
public sealed class ProjectTests
{
    private static readonly Dictionary<string, string[]> Allowed = new()
    {
        ["Orleans.Embedded"] = [],
        ["Grains.Interfaces"] = ["Orleans.Embedded"],
        ["Grains"] = ["Grains.Interfaces", "OnnxRuntime"],
        ["Gateway"] = ["Grains.Interfaces"],
        ["Dashboard"] = ["Grains.Interfaces"],
        ["Silo"] = ["Grains", "Gateway", "Dashboard"],
    };

    public static TheoryData<string> Projects => [.. Allowed.Keys];

    [Theory, MemberData(nameof(Projects))]
    public void A_project_references_only_what_the_table_allows(string project)
    {
        var references = References(project);

        // The source generator is an analyzer of the compile, not a reference of the product.
        Assert.Empty(references.Except(Allowed[project]).Except(["Generators"]));
    }

    [Fact]
    public void Only_the_agreed_folders_stand_at_the_top()
    {
        string[] agreed =
            ["Silo", "Grains", "Grains.Interfaces", "Gateway", "Dashboard", "tests", "deploy", "Orleans.Embedded", "models", "docs", "artifacts", "data", "TestResults"];

        var found = Directory.GetDirectories(Repository.Root).Select(folder => Path.GetFileName(folder)).Where(name => !name.StartsWith('.'));

        Assert.Empty(found.Except(agreed));
    }

    [Fact]
    public void No_folder_is_called_after_nothing()
    {
        string[] forbidden = ["Helpers", "Utils", "Common", "Managers", "Models"];

        var found = Allowed.Keys.SelectMany(project => Directory.GetDirectories(Repository.Path(project), "*", SearchOption.AllDirectories))
            .Where(folder => !folder.Contains("node_modules", StringComparison.Ordinal) && !folder.Contains("/obj/", StringComparison.Ordinal) && !folder.Contains("/bin/", StringComparison.Ordinal))
            .Where(folder => forbidden.Contains(Path.GetFileName(folder)));

        Assert.Empty(found);
    }

    [Fact]
    public void No_page_of_the_documentation_holds_marks_of_a_merge()
    {
        var found = Directory.GetFiles(Repository.Path("docs"), "*.md", SearchOption.AllDirectories).Append(Repository.Path("README.md"))
            .Where(page => File.ReadLines(page).Any(line => line.StartsWith("<<<<<<< ", StringComparison.Ordinal) || line.StartsWith(">>>>>>> ", StringComparison.Ordinal)));

        Assert.Empty(found);
    }

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = File.ReadAllText(Repository.Path("CustomerService.sln"));

        var missing = Directory.GetFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories)
            .Where(path => !path.Contains("node_modules", StringComparison.Ordinal))
            .Select(path => Path.GetFileName(path)).Where(name => !solution.Contains(name, StringComparison.Ordinal));

        Assert.Empty(missing);
    }

    private static IEnumerable<string> References(string project) =>
        XDocument.Load(Repository.Path(project, project + ".csproj")).Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/')));
}
