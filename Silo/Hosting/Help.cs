namespace CustomerService.Hosting;

/// <summary>What <c>--help</c> prints.</summary>
internal static class Help
{
    public static bool IsAskedFor(string[] arguments) => arguments.Any(argument => argument is "--help" or "-h" or "-?");

    public static int Print()
    {
        using var text = typeof(Help).Assembly.GetManifestResourceStream("CustomerService.Hosting.help.txt")!;
        text.CopyTo(Console.OpenStandardOutput());
        return 0;
    }
}
