using CustomerService.MainJob;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerService.Entities;

/// <summary>A tenant's own entities in the product: described at the desk, found in the next message of the web chat.</summary>
public sealed class OwnEntitiesTests : IAsyncLifetime
{
    // A process of its own: other scenarios' contacts should not be asked for policies.
    private readonly ProductFixture _product = new();

    public ValueTask InitializeAsync() => _product.InitializeAsync();

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task An_entity_described_at_the_desk_is_shown_by_name_and_value_beside_the_message_that_a_contact_writes()
    {
        await using var desk = await _product.OpenDeskAsync();
        await using var contact = await _product.OpenShopAsync();
        var page = desk.Page;

        await page.GetByRole(AriaRole.Link, new() { Name = "Entities" }).ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Describe one" }).ClickAsync();
        await Expect(page.GetByLabel("Add values from a file")).ToBeEnabledAsync();
        await page.GetByLabel("What a contact might write").FillAsync("My policy is KV-1234, written to ann@example.org");
        await page.GetByLabel("Name").FillAsync("policy_number");
        await page.GetByLabel("Pattern").FillAsync(@"\bKV-[0-9]{4}\b");
        await Expect(page.Locator(".tried mark")).ToHaveTextAsync(["KV-1234", "ann@example.org"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(page.Locator("[data-row]")).ToContainTextAsync("Policy number");

        await Contact.WriteAsync(contact.Page, "Could you tell me what my policy KV-4711 covers?");
        await page.GotoAsync(new Uri(_product.Silo.Address, "/desk").ToString());
        await page.Locator("[data-row]").ClickAsync();

        await Expect(page.Locator(".bubble mark[title^='Policy number: KV-4711']")).ToBeVisibleAsync();
        await Expect(page.Locator(".context")).ToContainTextAsync("Policy number");
        await Expect(page.Locator(".context")).ToContainTextAsync("KV-4711");
        Assert.Empty(desk.Problems);
    }
}
