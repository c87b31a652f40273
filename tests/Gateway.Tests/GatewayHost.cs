using System.Net.Http.Headers;
using CustomerService.Agents;
using CustomerService.Api;
using CustomerService.Conversations;
using CustomerService.Tenancy;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Hosting;

namespace CustomerService;

/// <summary>The Gateway behind a real socket on a free port, over the real conversation grains with a journal in memory. Understanding, knowledge and answers are played.</summary>
internal sealed class GatewayHost : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly DirectoryInfo _keys;

    private GatewayHost(WebApplication app, DirectoryInfo keys, JumpingClock clock, PlayedAssistant assistant) =>
        (_app, _keys, Clock, Assistant) = (app, keys, clock, assistant);

    public static AgentProfile Ada { get; } = new(AgentId.Parse("ada"), "Ada Byron", AgentRole.Supervisor);

    public JumpingClock Clock { get; }

    public PlayedAssistant Assistant { get; }

    public IServiceProvider Services => _app.Services;

    public IGrainFactory Grains => Services.GetRequiredService<IGrainFactory>();

    public TenantId Tenant => Services.GetRequiredService<IOptions<TenancyOptions>>().Value.TenantId;

    public Uri Address => new(Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single());

    /// <summary>Calls without a key.</summary>
    public HttpClient Http { get; private set; } = null!;

    /// <summary>Calls with the development key.</summary>
    public HttpClient Api { get; private set; } = null!;

    public static async Task<GatewayHost> StartAsync(params (string Name, string? Value)[] settings)
    {
        var keys = Directory.CreateTempSubdirectory("gateway-tests-");
        var clock = new JumpingClock();
        var assistant = new PlayedAssistant();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Configuration.AddInMemoryCollection([new("Gateway:KeyFolder", keys.FullName), new("Conversations:BurstPause", "00:00:00"), new("Conversations:TurnDeadline", "00:01:00")]);
        builder.Configuration.AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Name, setting.Value)));
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.AddConsole().SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton<TimeProvider>(clock);
        builder.Services.AddOptions<TenancyOptions>().BindConfiguration("Tenancy");
        builder.Services.AddGateway();
        ((IHostApplicationBuilder)builder).UseOrleans(silo => silo.AddMemoryGrainStorageAsDefault().AddOutgoingGrainCallFilter(assistant));
        TestGrains.Add(builder.Services);
        var host = new GatewayHost(builder.Build(), keys, clock, assistant);
        host._app.UseRouting();
        host._app.UseAuthentication();
        host._app.UseAuthorization();
        host._app.MapGateway();
        await host._app.StartAsync();
        host.Http = new HttpClient { BaseAddress = host.Address };
        host.Api = new HttpClient { BaseAddress = host.Address };
        host.Api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", host.Services.GetRequiredService<ApiKeys>().DevelopmentKey);
        return host;
    }

    public IConversationGrain Conversation(string id) => Grains.GetGrain<IConversationGrain>(new ConversationKey(Tenant, Guid.Parse(id)).ToString());

    /// <summary>Stops the server as an operator does.</summary>
    public Task StopAsync() => _app.StopAsync();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        Api.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _keys.Delete(recursive: true);
    }
}

/// <summary>One host with the default settings for tests that leave nothing behind.</summary>
public sealed class SharedHost : IAsyncLifetime
{
    internal GatewayHost Host { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Host = await GatewayHost.StartAsync();

    public ValueTask DisposeAsync() => Host.DisposeAsync();
}

/// <summary>Reads all of a journal.</summary>
internal static class Journal
{
    public static async Task<ImmutableArray<ConversationEntry>> AllAsync(this IConversationGrain conversation)
    {
        ImmutableArray<ConversationEntry> entries = [];
        while (await conversation.ReadAsync(entries.Length, 200) is { Entries: { IsEmpty: false } page })
            entries = entries.AddRange(page);
        return entries;
    }
}

/// <summary>The real time, that jumps when a test says so. Timers run in real time.</summary>
internal sealed class JumpingClock : TimeProvider
{
    private long _ahead;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + TimeSpan.FromTicks(Interlocked.Read(ref _ahead));

    public void Jump(TimeSpan ahead) => Interlocked.Add(ref _ahead, ahead.Ticks);
}
