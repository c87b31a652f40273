using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CustomerService;

/// <summary>The product as a process of its own, on a free port of the loopback address with a data folder of its own.</summary>
public sealed class SiloProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly List<string> _output;

    private SiloProcess(Process process, List<string> output, Uri address, string data, TimeSpan startTime) =>
        (_process, _output, Address, DataFolder, StartTime) = (process, output, address, data, startTime);

    /// <summary>The product as it was built beside the calling program, in the same configuration.</summary>
    public static string Dll { get; } =
        Path.Combine([Repository.Root, "Silo", .. Path.GetRelativePath(Repository.Root, AppContext.BaseDirectory).Split(Path.DirectorySeparatorChar).Skip(2), "Silo.dll"]);

    /// <summary>Settings for ports of its own on which a silo of the Orleans build is found; the default build takes no notice.</summary>
    public static string[] ClusterPorts()
    {
        var ports = FreePorts(2);
        return [$"--Clustering:SiloPort={ports[0]}", $"--Clustering:GatewayPort={ports[1]}"];
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>Where it keeps its database and keys.</summary>
    public string DataFolder { get; }

    /// <summary>From the start of the process to the first healthy answer.</summary>
    public TimeSpan StartTime { get; }

    /// <summary>The process.</summary>
    public int Id => _process.Id;

    /// <summary>The key to the API that the process made for itself.</summary>
    public string ApiKey => File.ReadAllText(Path.Combine(DataFolder, "keys", "development-api.key")).Trim();

    /// <summary>What it printed so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return string.Join('\n', _output);
        }
    }

    /// <summary>Starts the product and waits until it is ready.</summary>
    /// <param name="dll">The built <c>Silo.dll</c>.</param>
    /// <param name="dataFolder">Its data folder; made when it is not there.</param>
    /// <param name="settings">More settings, <c>Section:Name=value</c>.</param>
    /// <exception cref="InvalidOperationException">It ended, or was not ready within a minute; the message holds what it printed.</exception>
    public static async Task<SiloProcess> StartAsync(string dll, string dataFolder, params string[] settings)
    {
        Directory.CreateDirectory(dataFolder);
        var address = new Uri($"http://127.0.0.1:{FreePorts(1)[0]}");
        string[] arguments =
            [dll, $"--Urls={address}", $"--Storage:Path={Path.Combine(dataFolder, "customer-service.db")}", $"--Gateway:KeyFolder={Path.Combine(dataFolder, "keys")}", $"--Knowledge:DataPath={Path.Combine(dataFolder, "knowledge")}", .. ClusterPorts(), .. settings.Select(setting => "--" + setting)];
        var start = new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Path.GetDirectoryName(dll) };
        var clock = Stopwatch.StartNew();
        var output = new List<string>();
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) => Keep(output, line.Data);
        process.ErrorDataReceived += (_, line) => Keep(output, line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        var silo = new SiloProcess(process, output, address, dataFolder, TimeSpan.Zero);
        try
        {
            await silo.WaitUntilReadyAsync(clock);
            return new(process, output, address, dataFolder, clock.Elapsed);
        }
        catch
        {
            await silo.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends it at once, as <c>kill −9</c> does: nothing is flushed, nothing is told.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
            await KillAsync();
        _process.Dispose();
    }

    private async Task WaitUntilReadyAsync(Stopwatch clock)
    {
        using var http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(2) };
        while (clock.Elapsed < TimeSpan.FromMinutes(1) && !_process.HasExited)
        {
            try
            {
                using var answer = await http.GetAsync(new Uri("/health/ready", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
            {
                // Not listening yet.
            }

            await Task.Delay(20);
        }

        throw new InvalidOperationException($"The product did not become ready.\n{Output}");
    }

    private static void Keep(List<string> output, string? line)
    {
        if (line is null)
            return;
        lock (output)
            output.Add(line);
    }

    private static int[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0))];
        foreach (var listener in listeners)
            listener.Start();
        int[] ports = [.. listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port)];
        foreach (var listener in listeners)
            listener.Dispose();
        return ports;
    }
}
