using CustomerService.Agents;
using CustomerService.Contacts;
using CustomerService.Conversations;
using CustomerService.Nlu;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans.Hosting;

namespace CustomerService.Host;

/// <summary>The development host: the real desk and the real people on the engine, stand-ins for the rest.</summary>
internal sealed class DeskHost : IAsyncDisposable
{
    private readonly WebApplication _app;

    private DeskHost(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    public DeskWorld World => _app.Services.GetRequiredService<DeskWorld>();

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    public IAgentDirectoryGrain Directory => Grains.GetGrain<IAgentDirectoryGrain>(DeskWorld.Tenant.Value);

    /// <param name="port">0 for any free one; the same again after a stop, to come back.</param>
    public static async Task<DeskHost> StartAsync(int port = 0)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(DeskHost).Assembly.GetName().Name, EnvironmentName = "Development", ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.ClearProviders().AddConsole().SetMinimumLevel(LogLevel.Warning);
        builder.WebHost.UseUrls($"http://127.0.0.1:{port}");
        builder.Configuration["Dashboard:PollInterval"] = "00:00:05";
        builder.Configuration["Dashboard:SessionCheckInterval"] = "00:00:01";
        builder.Configuration["Agents:HashIterations"] = "1000";
        builder.UseOrleans(silo => silo.AddMemoryGrainStorage(AgentServices.Storage).AddMemoryGrainStorageAsDefault());
        builder.Services.AddSingleton<IDataProtectionProvider, EphemeralDataProtectionProvider>();
        builder.Services.AddSingleton<DeskWorld>();
        builder.Services.AddAgents();
        builder.Services.AddOptions<IntentOptions>();
        builder.Services.AddDashboard();

        var app = builder.Build();
        app.MapDashboard();
        await app.StartAsync();
        return new(app);
    }

    /// <summary>A contact writes.</summary>
    public async Task WriteAsync(ConversationKey key, ConversationOrigin origin, string text) =>
        (await Grains.GetGrain<IConversationGrain>(key.ToString()).PostAsync(new(origin, Guid.NewGuid().ToString("N"), text))).ValueOrThrow();

    /// <summary>A person with a password of their own.</summary>
    public async Task<AgentProfile> HireAsync(string id, string name, AgentRole role, string password)
    {
        var first = await Directory.StartFirstRunAsync();
        var admin = new AgentProfile(AgentDirectory.FirstAdmin, "Administrator", AgentRole.Admin);
        if (first is not null)
            (await Directory.ChangePasswordAsync(admin.Id, first, "the first administrator")).ValueOrThrow();

        var oneTime = (await Directory.AddAsync(admin, new(id), name, role)).ValueOrThrow();
        return (await Directory.ChangePasswordAsync(new(id), oneTime, password)).ValueOrThrow();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
