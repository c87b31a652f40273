using CustomerService.Tenancy;
using Microsoft.Extensions.Logging.Console;

namespace CustomerService.Hosting;

/// <summary>What belongs to the process and to no area: the tenant, where logs go, where files beside the program lie.</summary>
internal static class HostSettings
{
    public static void AddHost(this WebApplicationBuilder builder)
    {
        // A build, unlike a publish, leaves the pages' styles and scripts where they were written.
        builder.WebHost.UseStaticWebAssets();
        builder.Services.Configure<ConsoleLoggerOptions>(console => console.LogToStandardErrorThreshold = LogLevel.Trace);
        // A start that fails is explained in one sentence by Startup; the host would log its stack trace as well.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.Critical);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddOptions<TenancyOptions>().BindConfiguration("Tenancy").ValidateDataAnnotations().ValidateOnStart();
        builder.Services.PostConfigure<GatewayOptions>(gateway => gateway.ShopFolder = gateway.ShopFolder is { } folder ? Path.Combine(AppContext.BaseDirectory, folder) : null);
    }
}
