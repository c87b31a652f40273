using System.Text;
using CustomerService.MainJob;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerService.Intents;

/// <summary>A tenant's own intents in the product: from a file of examples to a message in the web chat, and from an unsure message to an example.</summary>
public sealed class OwnIntentsTests : IAsyncLifetime
{
    private const string Garden = """
        text,intent
        Please mow my lawn on Friday,book_mowing
        "The grass is too high, can you cut it?",book_mowing
        I need someone with a mower,book_mowing
        Cut the lawn twice a month,book_mowing
        Lawn mowing for a small garden,book_mowing
        My apple tree needs pruning,prune_tree
        Can you cut the branches over the roof?,prune_tree
        Trim the old oak please,prune_tree
        The cherry tree is too big,prune_tree
        Somebody should saw off a dead branch,prune_tree
        Snails eat my salad,fight_pests
        There are lice on the roses,fight_pests
        What helps against ants on the terrace?,fight_pests
        My box hedge has caterpillars,fight_pests
        "Moles everywhere, help",fight_pests
        I need a fence around the meadow,build_fence
        Can you set up wooden posts?,build_fence
        A new gate for the fence,build_fence
        The fence fell in the storm,build_fence
        How much is ten metres of fence?,build_fence
        Do you sell tomato seeds?,buy_seeds
        I want to order a bag of grass seed,buy_seeds
        Which flower seeds do you have?,buy_seeds
        Seeds of sunflowers please,buy_seeds
        Price of carrot seeds,buy_seeds
        """;

    // A process of its own: other scenarios' contacts should not be asked for gardens.
    private readonly ProductFixture _product = new();

    public ValueTask InitializeAsync() => _product.InitializeAsync();

    public ValueTask DisposeAsync() => _product.DisposeAsync();

    [Fact]
    public async Task Examples_become_a_version_that_names_a_message_in_the_chat_and_an_unsure_message_becomes_an_example()
    {
        await using var desk = await _product.OpenDeskAsync();
        await using var contact = await _product.OpenShopAsync();
        var page = desk.Page;
        ILocator Button(string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });
        ILocator View(string name) => page.GetByRole(AriaRole.Link, new() { Name = name });

        await page.GetByRole(AriaRole.Link, new() { Name = "Intents" }).ClickAsync();
        await View("Add or import examples").ClickAsync();
        await Expect(page.GetByLabel("File")).ToBeEnabledAsync();
        await page.GetByLabel("File").SetInputFilesAsync(new FilePayload { Name = "garden.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(Garden) });
        await Expect(page.GetByText("25 examples added.")).ToBeVisibleAsync();
        await Button("Train").ClickAsync();
        await Expect(page.GetByText("The training is done.")).ToBeVisibleAsync();
        await View("Quality").ClickAsync();
        await Expect(page.GetByText("Quality of version 1")).ToBeVisibleAsync();
        await Expect(page.Locator(".table-frame")).ToContainTextAsync("Book mowing");
        await View("Versions").ClickAsync();
        await Button("Activate version 1").ClickAsync();
        await Expect(page.Locator(".status-line")).ToHaveTextAsync("Version 1 answers.");

        await Contact.WriteAsync(contact.Page, "Could you mow the lawn of my garden next week?");
        await page.GotoAsync(new Uri(_product.Silo.Address, "/desk").ToString());
        await page.Locator("[data-row]").ClickAsync();
        await Expect(page.GetByText("Could you mow the lawn of my garden next week?")).ToBeVisibleAsync();
        await Expect(page.Locator(".context")).ToContainTextAsync("Book mowing");

        await Contact.WriteAsync(contact.Page, "Zanzibar quartz whispers, banjo umbrella, call me at ann@example.org");
        await page.GotoAsync(new Uri(_product.Silo.Address, "/desk/intents?view=label").ToString());
        await Expect(page.Locator(".label-card")).ToContainTextAsync("banjo umbrella, call me at [EMAIL 1]");
        await page.GetByLabel("Another intent").FillAsync("riddles");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByText("Nothing to label")).ToBeVisibleAsync();
        await Expect(page.Locator(".row", new() { HasText = "Riddles" })).ToContainTextAsync("1 example");
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("z");
        await Expect(page.Locator(".label-card")).ToContainTextAsync("banjo umbrella");
        Assert.Empty(desk.Problems);
    }
}
