using System.Net;
using System.Net.Sockets;
using Microsoft.Data.Sqlite;

namespace CustomerService.Starting;

/// <summary>What somebody sees who starts the product and something is wrong.</summary>
public sealed class StartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Help_names_every_area_of_settings()
    {
        var (exitCode, output, _) = await Product.RunAsync("--help");

        Assert.Equal(0, exitCode);
        Assert.All(["Urls", "Storage:Path", "Tenancy:Tenant", "Conversations:TurnDeadline", "Routing:WakeInterval", "Exit codes"], name => Assert.Contains(name, output));
    }

    [Fact]
    public async Task A_port_in_use_is_named_with_what_to_do()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        var port = ((IPEndPoint)other.LocalEndpoint).Port;

        var (exitCode, output, errors) = await StartAsync($"--Urls=http://127.0.0.1:{port}");

        Assert.Equal(3, exitCode);
        Assert.Contains($"{port}", errors);
        Assert.Contains("choose another port", errors);
        Assert.DoesNotContain("   at ", errors);
        Assert.Empty(output);
    }

    [Theory]
    [InlineData("Conversations:TurnDeadline=1.00:00:00", "TurnDeadline")]
    [InlineData("Tenancy:TimeZone=Mars/Olympus", "Tenancy:TimeZone is no time zone that this machine knows")]
    [InlineData("Tenancy:Country=Germany", "Tenancy:Country is an ISO 3166 code")]
    public async Task A_wrong_setting_is_named(string setting, string named)
    {
        var (exitCode, output, errors) = await StartAsync("--Urls=http://127.0.0.1:0", $"--{setting}");

        Assert.Equal(2, exitCode);
        Assert.Contains(named, errors);
        Assert.DoesNotContain("   at ", errors);
        Assert.Empty(output);
    }

    [Fact]
    public async Task A_missing_model_file_is_named_with_what_to_do()
    {
        // The product as it is, but for its models: links to everything else.
        var copy = Directory.CreateDirectory(_folder.File("product")).FullName;
        foreach (var entry in Directory.EnumerateFileSystemEntries(Path.GetDirectoryName(SiloProcess.Dll)!).Where(entry => Path.GetFileName(entry) != "models"))
            File.CreateSymbolicLink(Path.Combine(copy, Path.GetFileName(entry)), entry);
        File.Delete(Path.Combine(copy, "Silo.dll"));
        File.Copy(SiloProcess.Dll, Path.Combine(copy, "Silo.dll"));

        var (exitCode, output, errors) = await Product.RunAsync(
            Path.Combine(copy, "Silo.dll"), ["--Urls=http://127.0.0.1:0", $"--Storage:Path={_folder.File("test.db")}", $"--Gateway:KeyFolder={_folder.File("keys")}"]);

        Assert.Equal(5, exitCode);
        Assert.Contains("nlu.model_missing", errors);
        Assert.Contains("./run up", errors);
        Assert.DoesNotContain("   at ", errors);
        Assert.Empty(output);
    }

    [Fact]
    public async Task A_damaged_database_is_kept_and_named()
    {
        await File.WriteAllTextAsync(_folder.File("test.db"), new string('x', 10_000));

        var (exitCode, _, errors) = await StartAsync("--Urls=http://127.0.0.1:0");

        Assert.Equal(4, exitCode);
        Assert.Contains("is damaged", errors);
        Assert.Contains("Restore a backup", errors);
        Assert.Equal(new string('x', 10_000), await File.ReadAllTextAsync(_folder.File("test.db")));
    }

    [Fact]
    public async Task A_database_of_a_newer_version_is_kept_and_named()
    {
        await using (var connection = new SqliteConnection($"Data Source={_folder.File("test.db")};Pooling=false"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE schema_version (version INTEGER NOT NULL, applied_at TEXT NOT NULL); INSERT INTO schema_version VALUES (99, 'later')";
            await command.ExecuteNonQueryAsync();
        }

        var (exitCode, _, errors) = await StartAsync("--Urls=http://127.0.0.1:0");

        Assert.Equal(4, exitCode);
        Assert.Contains("newer version", errors);
    }

    public void Dispose() => _folder.Dispose();

    private Task<(int ExitCode, string Output, string Errors)> StartAsync(params string[] settings) =>
        Product.RunAsync([$"--Storage:Path={_folder.File("test.db")}", $"--Gateway:KeyFolder={_folder.File("keys")}", $"--Knowledge:DataPath={_folder.File("knowledge")}", .. settings]);
}
