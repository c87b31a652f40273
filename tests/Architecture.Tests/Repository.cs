using System.Runtime.CompilerServices;

namespace CustomerService;

/// <summary>The source tree that these tests look at.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string FindRoot([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(System.IO.Path.GetDirectoryName(here)!);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "CustomerService.sln")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("CustomerService.sln is not above " + here);
    }
}
