using CustomerService.Browser;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerService.MainJob;

/// <summary>The product as a process, the shop's page with its widget and the desk in a real browser: what the whole is for.</summary>
public sealed class MainJobTests(ProductFixture product)
{
    [Fact]
    public async Task A_contact_gets_a_cited_answer_gets_angry_and_a_person_takes_over_and_resolves()
    {
        await using var desk = await product.OpenDeskAsync();
        await using var contact = await product.OpenShopAsync();
        var (agent, shop) = (desk.Page, contact.Page);

        await Contact.WriteAsync(shop, "How many days do I have to return an item?");
        await Expect(Contact.Log(shop)).ToContainTextAsync("30 days");
        await Contact.Log(shop).GetByRole(AriaRole.Button, new() { Name = "1: " }).First.ClickAsync();
        await Expect(Contact.Panel(shop)).ToContainTextAsync("Updated on");
        await Contact.Panel(shop).GetByRole(AriaRole.Button, new() { Name = "Back" }).ClickAsync();

        await Contact.WriteAsync(shop, "My parcel is late again and nobody answers me. This is unacceptable.");
        await Contact.WriteAsync(shop, "This is the third time! I am furious, this is the worst service I have ever had!");
        var row = agent.Locator("[data-row]", new() { HasText = "third time" });
        await Expect(row.Locator(".row-alert")).ToBeVisibleAsync();
        await row.ClickAsync();
        await Expect(agent.Locator(".alert-bar")).ToBeVisibleAsync();
        await Expect(agent.Locator("[data-holder]")).ToHaveTextAsync("Waits for a person");
        await agent.Keyboard.PressAsync("t");
        await Expect(agent.Locator("[data-holder]")).ToHaveTextAsync("You answer");
        await agent.Keyboard.PressAsync("r");
        await agent.Keyboard.TypeAsync("I am sorry. I found your parcel and it arrives tomorrow.");
        await agent.Keyboard.PressAsync("Control+Enter");

        await Expect(Contact.Log(shop)).ToContainTextAsync("it arrives tomorrow");
        await agent.Keyboard.PressAsync("Escape");
        await agent.Keyboard.PressAsync("e");
        await Expect(agent.Locator(".talk-head .status")).ToHaveTextAsync("Resolved");
        await Expect(Contact.Panel(shop)).ToContainTextAsync("This conversation is closed");
        Assert.Empty(desk.Problems);
        Assert.Empty(contact.Problems);
    }

    [Fact]
    public async Task What_the_contact_writes_offline_arrives_when_the_network_is_back_each_once()
    {
        await using var contact = await product.OpenShopAsync();
        var shop = contact.Page;
        await Contact.WriteAsync(shop, "Hello");
        await Expect(Contact.Log(shop).Locator("text=Hello")).ToHaveCountAsync(1);

        await shop.Context.SetOfflineAsync(true);
        await shop.EvaluateAsync("() => dispatchEvent(new Event('offline'))");
        await Contact.WriteAsync(shop, "Do you deliver to Austria?");
        await Expect(Contact.Panel(shop)).ToContainTextAsync("You are offline");
        await shop.Context.SetOfflineAsync(false);

        await Expect(Contact.Log(shop)).ToContainTextAsync("Austria", new() { Timeout = 20_000 });
        await Expect(Contact.Panel(shop)).Not.ToContainTextAsync("You are offline", new() { Timeout = 20_000 });
        await Expect(Contact.Log(shop).GetByText("Do you deliver to Austria?", new() { Exact = true })).ToHaveCountAsync(1);
    }

    [Theory]
    [InlineData(1440, false)]
    [InlineData(390, true)]
    public async Task No_page_breaks_an_accessibility_rule(int width, bool isDark)
    {
        await using var contact = await product.OpenShopAsync(width, isDark);
        await Contact.WriteAsync(contact.Page, "How do I track my order?");
        await Contact.Log(contact.Page).GetByRole(AriaRole.Button, new() { Name = "1: " }).First.WaitForAsync();
        Assert.Equal("", string.Join('\n', await Accessibility.ViolationsAsync(contact.Page)));

        await using var desk = await product.OpenDeskAsync(width, isDark);
        foreach (var path in new[] { "", "/live", "/people", "/knowledge" })
        {
            await desk.Page.GotoAsync(new Uri(product.Silo.Address, "/desk" + path).ToString());
            await desk.Page.GetByRole(AriaRole.Heading).First.WaitForAsync();
            Assert.Equal("", string.Join('\n', await Accessibility.ViolationsAsync(desk.Page)));
        }
    }
}
