namespace CustomerService.Hosting;

/// <summary>What belongs to the process that has everything in it, and to no area.</summary>
internal static class HostSettings
{
    public static void AddHost(this WebApplicationBuilder builder)
    {
        builder.AddProcess();
        // The sample shop lies beside the program, wherever that was started.
        builder.Services.PostConfigure<GatewayOptions>(gateway => gateway.ShopFolder = gateway.ShopFolder is { } folder ? Path.Combine(AppContext.BaseDirectory, folder) : null);
    }
}
