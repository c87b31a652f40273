using CustomerService.Tenancy;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

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
        // Whoever is signed in stays so over a restart: the keys of the cookies lie beside the Gateway's.
        // They are as safe as the folder is, which belongs to the product's own user; the framework would warn at every start.
        builder.Logging.AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error);
        builder.Services.AddDataProtection().SetApplicationName("customer-service");
        builder.Services.AddOptions<KeyManagementOptions>().Configure<IOptions<GatewayOptions>, ILoggerFactory>((keys, gateway, logging) =>
            keys.XmlRepository = new FileSystemXmlRepository(Directory.CreateDirectory(Path.Combine(gateway.Value.KeyFolder, "cookies")), logging));
        builder.Services.PostConfigure<GatewayOptions>(gateway => gateway.ShopFolder = gateway.ShopFolder is { } folder ? Path.Combine(AppContext.BaseDirectory, folder) : null);
    }
}
