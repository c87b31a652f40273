using CustomerService.Agents;
using CustomerService.Host;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerService.Browser;

public sealed class ConnectionTests(DeskFixture desk)
{
    // The first call that attaches the composer is never answered, as on a line that breaks.
    private const string LoseFirstAttach = """
        let desk;
        Object.defineProperty(window, "desk", {
          get: () => desk,
          set: value => {
            let isLost = false;
            desk = {
              ...value,
              attachComposer: (...args) => {
                if (!isLost) return new Promise(() => { isLost = true; });
                value.attachComposer(...args);
                window.attachedOnce = true;
              },
            };
          },
        });
        """;

    [Fact]
    public async Task A_lost_connection_is_told_keeps_the_text_and_misses_nothing()
    {
        using var relay = new TcpRelay(new Uri(desk.Host.Address).Port);
        relay.Start();
        var contact = await desk.WriteAsync("Offline Olga", "Hello");
        await using var window = await desk.OpenAsync("mara", contact.Path, address: $"http://127.0.0.1:{relay.Port}");
        var page = window.Page;
        var text = page.GetByLabel("Reply to the contact");
        await text.FillAsync("Half a sentence");

        relay.Cut();
        await Expect(page.GetByText("Connection lost. What you typed is kept.")).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await text.PressSequentiallyAsync(" and the rest");
        await text.PressAsync("Control+Enter");
        await Expect(page.GetByText("Not sent: no connection. Your text is kept.")).ToBeVisibleAsync();
        await contact.WriteAsync("Are you there?");
        relay.Mend();

        // The tries to connect again lie up to some seconds apart.
        await Expect(page.GetByText("Connection lost.")).ToBeHiddenAsync(new() { Timeout = 40_000 });
        await Expect(page.Locator(".message.theirs")).ToHaveCountAsync(2);
        await Expect(text).ToHaveValueAsync("Half a sentence and the rest");
        await text.PressAsync("Control+Enter");
        await Expect(page.Locator(".message.agent:not(.pending)")).ToContainTextAsync("Half a sentence and the rest");
    }

    [Fact]
    public async Task What_is_sent_before_the_server_has_attached_the_composer_is_sent_once_it_has()
    {
        var contact = await desk.WriteAsync("Early Edda", "Hello");
        await using var window = await desk.OpenAsync("mara", contact.Path, before: page => page.AddInitScriptAsync(LoseFirstAttach));
        var text = window.Page.GetByLabel("Reply to the contact");

        await text.FillAsync("At once");
        await text.PressAsync("Control+Enter");
        await Expect(window.Page.GetByText("Sending…")).ToBeVisibleAsync();

        await Expect(window.Page.Locator(".message.agent:not(.pending)")).ToHaveCountAsync(1);
        await Expect(window.Page.Locator(".message.agent:not(.pending)")).ToContainTextAsync("At once");
        await Expect(text).ToHaveValueAsync("");
    }

    [Fact]
    public async Task Whoever_writes_on_before_the_composer_is_attached_has_not_sent()
    {
        var contact = await desk.WriteAsync("Hasty Hanna", "Hello");
        await using var window = await desk.OpenAsync("mara", contact.Path, before: page => page.AddInitScriptAsync(LoseFirstAttach));
        var text = window.Page.GetByLabel("Reply to the contact");

        await text.FillAsync("At once");
        await text.PressAsync("Control+Enter");
        await Expect(window.Page.GetByText("Sending…")).ToBeVisibleAsync();
        await text.PressSequentiallyAsync(", but");
        await window.Page.WaitForFunctionAsync("() => window.attachedOnce");

        await Expect(text).ToHaveValueAsync("At once, but");
        await Expect(window.Page.Locator(".message.agent")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_link_that_is_followed_before_the_server_listens_leads_there()
    {
        await desk.WriteAsync("Followed Fay", "Hello");
        var (started, asked, shown) = (new TaskCompletionSource(), new TaskCompletionSource(), new TaskCompletionSource());
        await using var window = await desk.OpenAsync("sofia", before: async page =>
        {
            await page.RouteWebSocketAsync("**/_blazor*", line =>
            {
                var (server, sent, said) = (line.ConnectToServer(), Task.CompletedTask, 0);
                server.OnMessage(frame => sent = PassAsync(line, frame, said++, sent));
            });
            await page.RouteAsync("**/desk/live", async route =>
            {
                asked.TrySetResult();
                if (!route.Request.IsNavigationRequest)
                    await shown.Task;
                await route.ContinueAsync();
            });
        });
        await started.Task;

        await window.Page.GetByRole(AriaRole.Link, new() { Name = "Live" }).ClickAsync();

        await Expect(window.Page.GetByLabel("Search conversations")).ToBeVisibleAsync();

        // The server greets; the inbox comes after the link was followed, and before what a script would have fetched.
        async Task PassAsync(IWebSocketRoute line, IWebSocketFrame frame, int said, Task before)
        {
            await before;
            if (said > 0)
            {
                started.TrySetResult();
                await asked.Task;
            }

            if (frame.Binary is { } binary)
                line.Send(binary);
            else
                line.Send(frame.Text!);
            if (frame.Binary.AsSpan().IndexOf("Followed Fay"u8) >= 0)
                shown.TrySetResult();
        }
    }

    [Fact]
    public async Task A_draft_outlives_a_reload()
    {
        var contact = await desk.WriteAsync("Draft Dora", "Hello");
        await using var window = await desk.OpenAsync("mara", contact.Path);
        var page = window.Page;
        await page.GetByLabel("Reply to the contact").FillAsync("Not finished yet");

        await page.ReloadAsync();

        await Expect(page.GetByLabel("Reply to the contact")).ToHaveValueAsync("Not finished yet");
    }

    [Fact]
    public async Task A_reply_that_was_not_stored_says_why_and_is_sent_again()
    {
        await using var host = await DeskHost.StartAsync();
        await host.HireAsync("ines", "Ines Moreau", AgentRole.Admin, DeskFixture.Password);
        var upset = Seed.Fill(host.World);
        await using var window = await desk.OpenAsync("ines", $"/c/{upset.Id:N}", address: host.Address);
        var page = window.Page;
        await page.GetByLabel("Reply to the contact").FillAsync("We send a new one");

        host.World.IsBroken = true;
        await page.Keyboard.PressAsync("Control+Enter");
        await Expect(page.Locator(".failed")).ToContainTextAsync("Not sent. Something went wrong on the server.");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("e");
        await Expect(page.Locator(".toast-problem")).ToContainTextAsync("Something went wrong on the server.");
        await Expect(page.Locator(".talk-head .status")).ToHaveTextAsync("Open");
        host.World.IsBroken = false;
        await page.GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();

        await Expect(page.Locator(".message.agent:not(.pending)")).ToContainTextAsync("We send a new one");
    }

    [Fact]
    public async Task When_storage_is_away_the_desk_says_so_and_recovers_by_itself()
    {
        await using var host = await DeskHost.StartAsync();
        await host.HireAsync("ines", "Ines Moreau", AgentRole.Admin, DeskFixture.Password);
        Seed.Fill(host.World);
        await using var window = await desk.OpenAsync("ines", "/live", address: host.Address);
        await window.Page.Locator("tbody tr").First.WaitForAsync();

        host.World.IsBroken = true;
        await Expect(window.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("The figures could not be read just now");
        await Expect(window.Page.Locator("tbody tr")).ToHaveCountAsync(8);
        host.World.IsBroken = false;

        await Expect(window.Page.GetByText("The figures could not be read just now")).ToHaveCountAsync(0);
    }
}
