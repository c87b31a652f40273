using CustomerService.Agents;
using CustomerService.Host;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerService.Browser;

public sealed class SignInTests(DeskFixture desk)
{
    [Fact]
    public async Task The_first_administrator_chooses_a_password_before_anything_else()
    {
        await using var host = await DeskHost.StartAsync();
        await using var window = await desk.Chromium.OpenAsync();
        var page = window.Page;
        var printed = await host.Directory.StartFirstRunAsync();

        await page.GotoAsync(host.Address + "/desk/people");
        await Desk.SignInAsync(page, "admin", printed!);
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Choose a password" })).ToBeVisibleAsync();
        await page.GotoAsync(host.Address + "/desk/people");
        await Expect(page).ToHaveURLAsync(host.Address + "/desk/password");

        await page.GetByLabel("One-time password").FillAsync(printed!);
        await page.GetByLabel("New password").FillAsync(DeskFixture.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save and go on" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Inbox" })).ToBeVisibleAsync();
        await Expect(page.GetByText("No conversation is open").First).ToBeVisibleAsync();
        Assert.Empty(window.Problems);
    }

    [Fact]
    public async Task A_wrong_password_says_so_and_too_many_lock_the_name()
    {
        await desk.Host.HireAsync("locked", "Lo Cked", AgentRole.Agent, DeskFixture.Password);
        await using var window = await desk.Chromium.OpenAsync();
        var page = window.Page;
        await page.GotoAsync(desk.Host.Address + "/desk/sign-in");

        await Desk.SignInAsync(page, "locked", "wrong");
        await Expect(page.GetByRole(AriaRole.Alert)).ToHaveTextAsync("The name and the password do not match. Check both and try again.");
        await Expect(page.GetByLabel("Sign-in name")).ToHaveValueAsync("locked");
        for (var i = 0; i < 4; i++)
            await desk.Host.Directory.SignInAsync("locked", "wrong");
        await Desk.SignInAsync(page, "locked", DeskFixture.Password);

        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Too many wrong passwords. Nobody can sign in with this name for 5 minutes");
    }

    [Fact]
    public async Task A_password_can_be_shown()
    {
        await using var window = await desk.Chromium.OpenAsync();
        var page = window.Page;
        await page.GotoAsync(desk.Host.Address + "/desk/sign-in");
        var password = page.GetByLabel("Password", new() { Exact = true });

        await page.GetByRole(AriaRole.Button, new() { Name = "Show" }).ClickAsync();
        await Expect(password).ToHaveAttributeAsync("type", "text");
        await page.GetByRole(AriaRole.Button, new() { Name = "Hide" }).ClickAsync();

        await Expect(password).ToHaveAttributeAsync("type", "password");
        await Expect(password).ToHaveAttributeAsync("autocomplete", "current-password");
    }

    [Fact]
    public async Task Each_role_opens_its_pages_and_no_other()
    {
        await using var agent = await desk.OpenAsync("mara");
        await Expect(agent.Page.GetByRole(AriaRole.Link, new() { Name = "Live", Exact = true })).ToHaveCountAsync(0);
        await agent.Page.GotoAsync(desk.Host.Address + "/desk/live");
        await Expect(agent.Page.GetByRole(AriaRole.Heading, new() { Name = "This page is not for your role" })).ToBeVisibleAsync();

        await using var supervisor = await desk.OpenAsync("sofia", "/live");
        await Expect(supervisor.Page.GetByRole(AriaRole.Heading, new() { Name = "Live" })).ToBeVisibleAsync();
        await supervisor.Page.GotoAsync(desk.Host.Address + "/desk/people");

        await Expect(supervisor.Page.GetByRole(AriaRole.Heading, new() { Name = "This page is not for your role" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Signing_out_ends_the_session()
    {
        await using var window = await desk.OpenAsync("mara");

        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out Mara Lindqvist" }).ClickAsync();
        await Expect(window.Page).ToHaveURLAsync(desk.Host.Address + "/desk/sign-in");
        await window.Page.GotoAsync(desk.Host.Address + "/desk/knowledge");

        await Expect(window.Page).ToHaveURLAsync(desk.Host.Address + "/desk/sign-in?from=%2Fdesk%2Fknowledge");
    }

    [Fact]
    public async Task A_disabled_person_is_put_out_of_an_open_page()
    {
        await desk.Host.HireAsync("leaver", "Lea Ver", AgentRole.Agent, DeskFixture.Password);
        await using var window = await desk.OpenAsync("leaver");
        var admin = (await desk.Host.Directory.GetAsync(AgentDirectory.FirstAdmin)).ValueOrThrow();

        await desk.Host.Directory.ChangeAsync(admin, new("leaver"), AgentRole.Agent, isDisabled: true);

        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "Sign in to the desk" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_desk_forbids_inline_script_foreign_hosts_and_frames()
    {
        using var client = new HttpClient();

        var answer = await client.GetAsync(desk.Host.Address + "/desk/sign-in");

        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none'; script-src 'self'; style-src 'self';", policy, StringComparison.Ordinal);
        Assert.EndsWith("frame-ancestors 'none'", policy, StringComparison.Ordinal);
    }
}
