using CustomerService.Agents;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerService.Browser;

public sealed class PagesTests(DeskFixture desk)
{
    [Fact]
    public async Task The_live_page_follows_sorts_and_filters()
    {
        var contact = await desk.WriteAsync("Watched Wanda", "Hello");
        await using var window = await desk.OpenAsync("sofia", "/live");
        var page = window.Page;
        var row = page.Locator("tbody tr", new() { HasText = "Watched Wanda" });
        await page.GetByLabel("Search conversations").FillAsync("wanda");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);

        await contact.Grain.TakeAsync(new(new("mara"), "Mara Lindqvist", AgentRole.Agent));
        await Expect(row).ToContainTextAsync("Mara Lindqvist");
        await page.GetByLabel("Held by").SelectOptionAsync("Assistant");
        await Expect(page.GetByText("Nothing matches")).ToBeVisibleAsync();
        await page.GetByLabel("Held by").SelectOptionAsync("Agent");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sentiment" }).ClickAsync();

        await Expect(page.Locator("th[aria-sort=ascending]")).ToContainTextAsync("Sentiment");
        await row.GetByRole(AriaRole.Link).ClickAsync();
        await Expect(page.Locator(".talk-head h2")).ToContainTextAsync("Watched Wanda");
        Assert.Empty(window.Problems);
    }

    [Fact]
    public async Task An_administrator_adds_changes_and_disables_a_person()
    {
        await using var window = await desk.OpenAsync("ines", "/people");
        var page = window.Page;
        await page.Locator("tbody tr").First.WaitForAsync();
        var form = page.Locator("form.form-row");
        await form.GetByLabel("Name", new() { Exact = true }).FillAsync("Nia Okoro");
        await form.GetByLabel("Sign-in name").FillAsync("nia");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add" }).ClickAsync();

        var password = await page.Locator(".secret code").TextContentAsync();
        await page.GetByLabel("Role of Nia Okoro").SelectOptionAsync("Supervisor");
        await Expect(page.GetByText("Nia Okoro is a supervisor.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Disable Nia Okoro" }).ClickAsync();
        await Expect(page.Locator("tr", new() { HasText = "Nia Okoro" })).ToContainTextAsync("Cannot sign in");
        Assert.Equal("agent.wrong_password", (await desk.Host.Directory.SignInAsync("nia", password!)).Refusal?.Code);
        await page.Keyboard.PressAsync("z");

        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Disable Nia Okoro" })).ToBeVisibleAsync();
        Assert.Equal(AgentRole.Supervisor, (await desk.Host.Directory.SignInAsync("nia", password!)).ValueOrThrow().Role);
        Assert.Empty(window.Problems);
    }

    [Fact]
    public async Task The_knowledge_page_lists_articles_opens_them_and_tells_how_the_index_stands()
    {
        await using var window = await desk.OpenAsync("mara", "/knowledge");
        var page = window.Page;

        await Expect(page.Locator(".status-line")).ToContainTextAsync("3 articles, 5 passages");
        await Expect(page.GetByText("1 file needs a look")).ToBeVisibleAsync();
        await page.GetByLabel("Search titles").FillAsync("refund");
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);
        await page.Locator("[data-row]").ClickAsync();

        await Expect(page.Locator(".prose")).ToContainTextAsync("We refund within 14 days");
        Assert.Empty(window.Problems);
    }
}
