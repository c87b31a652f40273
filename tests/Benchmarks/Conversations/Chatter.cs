using CustomerService.Agents;
using CustomerService.Contacts;
using CustomerService.Conversations;
using CustomerService.Inboxes;
using CustomerService.Routing;
using CustomerService.Storage;
using CustomerService.Tenancy;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans.Configuration;
using Orleans.Hosting;

namespace CustomerService.Benchmarks;

/// <summary>
/// Numbered contacts who write, through the product's own path: contact channel, conversation, journal in SQLite. Understanding is off, and an agent
/// holds every conversation, so that nothing is composed. Nothing is kept here per contact: what memory there is, is the product's.
/// </summary>
internal sealed class Chatter : IAsyncDisposable
{
    private static readonly TenantId Tenant = TenantId.Parse("bench");
    private static readonly InboxId Inbox = InboxId.Parse("web");
    private static readonly AgentProfile Agent = new(AgentId.Parse("ada"), "Ada", AgentRole.Agent);
    private static readonly string Words = string.Concat(Enumerable.Repeat("my parcel was to arrive on tuesday and it is still not here, the page says it left the depot in lyon two days ago; ", 6));

    private readonly IHost _host;
    private readonly IGrainFactory _grains;

    private Chatter(IHost host) => (_host, _grains) = (host, host.Services.GetRequiredService<IGrainFactory>());

    public SqliteWriter Writer => _host.Services.GetRequiredService<SqliteWriter>();

    public static async Task<Chatter> StartAsync(string database, TimeSpan collectionAge, bool isReopened = true)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Path"] = database,
            ["Conversations:Understand"] = "false",
            ["Conversations:BurstPause"] = "00:00:05",
            ["Conversations:ReopenWindow"] = isReopened ? "1.00:00:00" : "00:00:00",
        });
        builder.UseOrleans(silo => silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = collectionAge));
        builder.Services.AddStorage().AddConversations().AddQueues();
        var host = builder.Build();
        await host.StartAsync();
        return new(host);
    }

    /// <summary>A greeting opens the conversation, and an agent takes it before the assistant's pause for bursts is over.</summary>
    public async Task OpenAsync(int contact, string id)
    {
        var posted = await PostAsync(contact, id, "Hello");
        (await _grains.GetGrain<IConversationGrain>(posted.Conversation.ToString()).TakeAsync(Agent)).ValueOrThrow();
    }

    public async Task ResolveAsync(int contact)
    {
        if (await Channel(contact).GetCurrentAsync() is { } conversation)
            (await _grains.GetGrain<IConversationGrain>(conversation.ToString()).ResolveAsync(Agent)).ValueOrThrow();
    }

    public Task<Posted> PostAsync(int contact, string id) => PostAsync(contact, id, TextOf(contact, id));

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    private async Task<Posted> PostAsync(int contact, string id, string text) =>
        (await Channel(contact).PostAsync(new(ChannelKind.WebChat, id, text))).ValueOrThrow();

    private IContactChannelGrain Channel(int contact) => _grains.GetGrain<IContactChannelGrain>($"{Tenant}/{Inbox}/visitor-{contact:D7}@example.com");

    // From a few words to a paragraph, 160 characters on average, and no two share a string.
    private static string TextOf(int contact, string id)
    {
        var random = unchecked((uint)((contact * 31) + id.Length + id[^1]) * 2654435761);
        return string.Concat(id, ": ", Words.AsSpan((int)(random % 200), 20 + (int)((random >> 8) % 280)));
    }
}
