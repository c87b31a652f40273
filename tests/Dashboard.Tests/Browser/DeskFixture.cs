using System.Collections.Concurrent;
using CustomerService.Agents;
using CustomerService.Browser;
using CustomerService.Conversations;
using CustomerService.Host;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(DeskFixture))]

namespace CustomerService.Browser;

/// <summary>One browser and one host for all browser tests; each test has a window and contacts of its own.</summary>
public sealed class DeskFixture : IAsyncLifetime
{
    public const string Password = "a quiet morning tide";

    // People sign in once for all tests; signing in has tests of its own.
    private readonly ConcurrentDictionary<(string Address, string Agent), Task<string>> _sessions = new();
    private Chromium? _chromium;
    private DeskHost? _host;
    private Exception? _problem;

    internal DeskHost Host => _problem is null ? _host! : throw new InvalidOperationException(_problem.Message, _problem);

    internal Chromium Chromium => _problem is null ? _chromium! : throw new InvalidOperationException(_problem.Message, _problem);

    // Without a browser only the browser tests fail, each with the reason.
    public async ValueTask InitializeAsync()
    {
        try { await StartAsync(); }
        catch (Exception fault) { _problem = fault; }
    }

    private async Task StartAsync()
    {
        _host = await DeskHost.StartAsync();
        await _host.HireAsync("ines", "Ines Moreau", AgentRole.Admin, Password);
        await _host.HireAsync("sofia", "Sofia Novak", AgentRole.Supervisor, Password);
        await _host.HireAsync("mara", "Mara Lindqvist", AgentRole.Agent, Password);
        _chromium = await Chromium.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
        if (_host is not null)
            await _host.DisposeAsync();
    }

    /// <summary>A window of somebody who is signed in, at a page of the desk.</summary>
    internal async Task<PageWindow> OpenAsync(string agent, string path = "", int width = 1440, int height = 900, bool isDark = false, string? address = null, Func<IPage, Task>? before = null)
    {
        var at = address ?? Host.Address;
        var session = await _sessions.GetOrAdd((at, agent), _ => SignInAsync(at, agent));
        var window = await Chromium.OpenAsync(width, height, isDark, session);
        if (before is not null)
            await before(window.Page);
        await window.Page.GotoAsync($"{at}/desk{path}", new() { WaitUntil = WaitUntilState.Commit });
        await window.Page.Locator("nav.nav").WaitForAsync();
        return window;
    }

    private async Task<string> SignInAsync(string address, string agent)
    {
        await using var window = await Chromium.OpenAsync();
        await window.Page.GotoAsync(address + "/desk/sign-in");
        await Desk.SignInAsync(window.Page, agent, Password);
        await window.Page.Locator("nav.nav").WaitForAsync();
        return await window.SessionAsync();
    }

    /// <summary>A contact who has written once.</summary>
    internal async Task<Writer> WriteAsync(string name, string text)
    {
        var (key, origin) = Host.World.Visitor(name);
        var writer = new Writer(Host, key, origin);
        await writer.WriteAsync(text);
        return writer;
    }
}

/// <summary>A contact in a test.</summary>
internal sealed record Writer(DeskHost Host, ConversationKey Key, ConversationOrigin Origin)
{
    public string Path => $"/c/{Key.Id:N}";

    public IConversationGrain Grain => Host.Grains.GetGrain<IConversationGrain>(Key.ToString());

    public FakeConversation Conversation => Host.World.Find(Key)!;

    public Task WriteAsync(string text) => Host.WriteAsync(Key, Origin, text);

    public ILocator RowIn(IPage page) => page.Locator("[data-row]", new() { HasText = Origin.ContactName });
}
