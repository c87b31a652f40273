using CustomerService.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace CustomerService.Hosting;

/// <summary>
/// What every process of the product has and does, be it a silo or, on a cluster, a Gateway or a Dashboard:
/// its tenant, where its logs and keys go, and a start that, when it fails, says why in words and by the exit code.
/// </summary>
internal static class HostProcess
{
    private const int BadSetting = 2;
    private const int AddressInUse = 3;

    public static void AddProcess(this WebApplicationBuilder builder)
    {
        // A build, unlike a publish, leaves the pages' styles and scripts where they were written.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        // A start that fails is explained in one sentence; the host would log its stack trace as well.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddOptions<TenancyOptions>().BindConfiguration("Tenancy").ValidateDataAnnotations()
            .Validate(tenancy => TimeZoneInfo.TryFindSystemTimeZoneById(tenancy.TimeZone, out _), "Tenancy:TimeZone is no time zone that this machine knows; one is written like Europe/Berlin.").ValidateOnStart();
        // Whoever is signed in stays so over a restart, and in every process: the keys of the cookies lie beside the Gateway's.
        // They are as safe as the folder is, which belongs to the product's own user; the framework would warn at every start.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.AddDataProtection().SetApplicationName("customer-service");
        builder.Services.AddOptions<KeyManagementOptions>().Configure<IConfiguration, ILoggerFactory>((keys, settings, logging) =>
            keys.XmlRepository = new FileSystemXmlRepository(Directory.CreateDirectory(Path.Combine(settings["Gateway:KeyFolder"] ?? "data/keys", "cookies")), logging));
    }

    /// <summary>Runs until it is told to stop.</summary>
    /// <param name="builder">The host, with everything added to it.</param>
    /// <param name="map">Adds its routes.</param>
    /// <param name="ready">The line that says that it runs.</param>
    /// <param name="explain">The exit code and the sentence for a failure that only this process knows; null for others.</param>
    /// <returns>The exit code: 0 stopped, 2 a setting is wrong, 3 the port is in use, or one of <paramref name="explain"/>.</returns>
    public static async Task<int> RunAsync(WebApplicationBuilder builder, Action<WebApplication> map, Func<WebApplication, string> ready, Func<Exception, (int Code, string Sentence)?>? explain = null)
    {
        try
        {
            await using var app = builder.Build();
            map(app);
            if (!await StartAsync(app))
                return 0;

            await Console.Out.WriteLineAsync(ready(app));
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (Exception exception) when ((Explain(exception) ?? explain?.Invoke(exception)) is { } failure)
        {
            await Console.Error.WriteLineAsync(failure.Sentence);
            return failure.Code;
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

    private static (int Code, string Sentence)? Explain(Exception exception) => exception switch
    {
        OptionsValidationException wrong => (BadSetting, $"A setting is wrong. {string.Join(' ', wrong.Failures)} `./run up --help` explains the settings."),
        InvalidOperationException when exception.GetBaseException() is FormatException => (BadSetting, $"A setting is wrong. {exception.Message} `./run up --help` explains the settings."),
        IOException { InnerException: AddressInUseException } => (AddressInUse, $"{exception.Message.TrimEnd('.')}. Stop the program that listens there, or choose another port: --Urls=http://127.0.0.1:5090"),
        _ => null,
    };
}
