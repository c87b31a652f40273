using System.Diagnostics;

namespace CustomerService;

/// <summary>The built product.</summary>
internal static class Product
{
    /// <summary>Runs it to its end, as somebody at a terminal would.</summary>
    public static Task<(int ExitCode, string Output, string Errors)> RunAsync(params string[] arguments) => RunAsync(SiloProcess.Dll, arguments);

    /// <summary>The same with a copy of the product.</summary>
    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string dll, string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [dll, .. SiloProcess.ClusterPorts(), .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
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

/// <summary>A folder that is gone with the test.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("customer-service-").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
