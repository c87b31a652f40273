using CustomerService.Api;
using CustomerService.Nlu;
using CustomerService.Storage;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace CustomerService.Hosting;

/// <summary>Starts the process that has everything in it.</summary>
internal static class Startup
{
    private const int BadStorage = 4;
    private const int BadModel = 5;

    public static Task<int> RunAsync(WebApplicationBuilder builder, Action<WebApplication> map)
    {
        var begin = TimeProvider.System.GetTimestamp();
        return HostProcess.RunAsync(builder, map, app => Ready(app, TimeProvider.System.GetElapsedTime(begin)), Explain);
    }

    private static (int Code, string Sentence)? Explain(Exception exception) => exception switch
    {
        StorageException => (BadStorage, exception.Message),
        ModelFileException => (BadModel, exception.Message),
        _ => null,
    };

    private static string Ready(WebApplication app, TimeSpan elapsed)
    {
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        var key = app.Services.GetRequiredService<ApiKeys>().DevelopmentKey is { } development ? $" (key {development})" : "";
        return string.Create(null, $"Ready after {elapsed.TotalSeconds:0.0} s. Shop {address}/shop/  Desk {address}/desk  Health {address}/health/ready  API {address}/docs{key}");
    }
}
