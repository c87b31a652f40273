using CustomerService.Api;
using CustomerService.Nlu;
using CustomerService.Storage;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Options;

namespace CustomerService.Hosting;

/// <summary>Starts the host and, when it cannot start, says why in words and by the exit code.</summary>
internal static class Startup
{
    private const int BadSetting = 2;
    private const int AddressInUse = 3;
    private const int BadStorage = 4;
    private const int BadModel = 5;

    public static async Task<int> RunAsync(WebApplicationBuilder builder, Action<WebApplication> map)
    {
        var begin = TimeProvider.System.GetTimestamp();
        try
        {
            await using var app = builder.Build();
            map(app);
            if (!await StartAsync(app))
                return 0;

            await Console.Out.WriteLineAsync(Ready(app, TimeProvider.System.GetElapsedTime(begin)));
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (OptionsValidationException exception)
        {
            return Fail(BadSetting, $"A setting is wrong. {string.Join(' ', exception.Failures)} `--help` explains the settings.");
        }
        catch (InvalidOperationException exception) when (exception.InnerException is FormatException)
        {
            return Fail(BadSetting, $"A setting is wrong. {exception.Message} `--help` explains the settings.");
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            return Fail(AddressInUse, $"{exception.Message.TrimEnd('.')}. Stop the program that listens there, or choose another port: --Urls=http://127.0.0.1:5081");
        }
        catch (StorageException exception)
        {
            return Fail(BadStorage, exception.Message);
        }
        catch (ModelFileException exception)
        {
            return Fail(BadModel, exception.Message);
        }
    }

    // The port is taken last: everything else runs by then and is stopped in order, or it would report that it was cut off.
    private static async Task<bool> StartAsync(WebApplication app)
    {
        try
        {
            await app.StartAsync();
            return true;
        }
        catch (OperationCanceledException) when (app.Lifetime.ApplicationStopping.IsCancellationRequested)
        {
            // Told to stop before everything ran.
            await app.StopAsync();
            return false;
        }
        catch (IOException)
        {
            await app.StopAsync();
            throw;
        }
    }

    private static string Ready(WebApplication app, TimeSpan elapsed)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var key = app.Services.GetRequiredService<ApiKeys>().DevelopmentKey is { } development ? $" (key {development})" : "";
        return string.Create(null, $"Ready after {elapsed.TotalSeconds:0.0} s. Shop {address}/shop/  Desk {address}/desk  Health {address}/health/ready  API {address}/docs{key}");
    }

    private static int Fail(int code, string message)
    {
        Console.Error.WriteLine(message);
        return code;
    }
}
