namespace CustomerService.Browser;

/// <summary>Where the sources are that this test was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = Find(new(AppContext.BaseDirectory));

    private static string Find(DirectoryInfo folder) =>
        File.Exists(Path.Combine(folder.FullName, "CustomerService.sln"))
            ? folder.FullName
            : Find(folder.Parent ?? throw new InvalidOperationException("Run the tests from a build inside the repository."));
}
