using CustomerService.Host;
using CustomerService.Nlu;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerService.Browser;

/// <summary>The page of a tenant's own entities, with a host of its own: what one test adds, all would see.</summary>
public sealed class EntitiesTests(DeskFixture desk) : IAsyncLifetime
{
    private static readonly OwnEntity s_policy = new("policy_number", "KV-[0-9]{4}", [], IsPersonal: true);
    private static readonly OwnEntity s_product = new("product", null, [new("Aero 3 Pro", ["A3P"]), new("Aero", [])], IsPersonal: false);
    private DeskHost _host = null!;
    private PageWindow _window = null!;

    private IPage Page => _window.Page;

    private IOwnEntitiesGrain Stored => _host.Grains.GetGrain<IOwnEntitiesGrain>(DeskWorld.Tenant.Value);

    public async ValueTask InitializeAsync()
    {
        _host = await DeskHost.StartAsync();
        await _host.HireAsync("sofia", "Sofia Novak", Agents.AgentRole.Supervisor, DeskFixture.Password);
        _window = await desk.OpenAsync("sofia", "/entities", address: _host.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _window.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task From_an_empty_page_to_an_entity_that_was_tried_while_it_was_written()
    {
        await Expect(Page.GetByText("No entities of your own yet")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Describe one" }).ClickAsync();
        await Expect(Page.GetByLabel("Add values from a file")).ToBeEnabledAsync();
        await Page.GetByLabel("What a contact might write").FillAsync("My policy is KV-1234");
        await Expect(Page.GetByText("Nothing is found in it.")).ToBeVisibleAsync();
        await Page.GetByLabel("Name").FillAsync("policy_number");
        await Page.GetByLabel("Pattern").FillAsync("KV-[0-9]+");

        await Expect(Page.Locator(".tried mark")).ToHaveTextAsync("KV-1234");
        await Expect(Page.Locator(".pairs")).ToContainTextAsync("Policy number");
        Assert.Empty((await Stored.GetAsync()).Entities);
        await Page.GetByLabel("Pattern").PressAsync("Enter");

        await Expect(Page.Locator("[data-row]")).ToContainTextAsync("Policy number");
        await Expect(Page.Locator("[data-row]")).ToContainTextAsync("Personal");
        Assert.Equal("KV-[0-9]+", (await Stored.GetAsync()).Entities.Single().Pattern);
        Assert.Empty(_window.Problems);
    }

    [Fact]
    public async Task What_cannot_be_stored_is_said_at_its_field_while_it_is_typed()
    {
        await OpenAsync("?view=new");
        await Page.GetByLabel("Name").FillAsync("Policy");
        await Page.GetByLabel("Pattern").FillAsync("KV");
        await Expect(Page.Locator("#name-problem")).ToContainTextAsync("lower-case letters");
        await Expect(Page.GetByLabel("Name")).ToHaveAttributeAsync("aria-invalid", "true");

        await Page.GetByLabel("Name").FillAsync("policy");
        await Page.GetByLabel("Pattern").FillAsync("(KV");
        await Expect(Page.Locator("#pattern-problem")).ToContainTextAsync("The pattern of policy cannot be read");
        await Expect(Page.Locator("#name-problem")).ToHaveCountAsync(0);
        await Page.GetByLabel("Pattern").FillAsync("");
        await Page.GetByLabel("Values, one a line").FillAsync("Aero | A\nBravo | a");
        await Expect(Page.Locator("#values-problem")).ToContainTextAsync("share a form");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(Page.Locator("#values-problem")).ToContainTextAsync("share a form");
        Assert.Equal(0, (await Stored.GetAsync()).Version);
    }

    [Fact]
    public async Task An_entity_is_changed_and_removed_and_both_are_undone()
    {
        (await Stored.ReplaceAsync(0, [s_policy, s_product])).ValueOrThrow();
        await OpenAsync("?entity=policy_number");

        await Page.GetByLabel("Pattern").FillAsync("PV-[0-9]{4}");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(Page.Locator("[data-row]").First).ToContainTextAsync("PV-[0-9]{4}");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(Page.Locator("[data-row]").First).ToContainTextAsync("KV-[0-9]{4}");
        await Expect(Page.GetByLabel("Pattern")).ToHaveValueAsync("KV-[0-9]{4}");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(Page.Locator("[data-row]")).ToHaveCountAsync(1);
        await Page.Keyboard.PressAsync("z");

        await Expect(Page.Locator("[data-row]")).ToHaveCountAsync(2);
        await Expect(Page.Locator("[data-row]").First).ToContainTextAsync("Policy number");
        Assert.Empty(_window.Problems);
    }

    [Fact]
    public async Task Undoing_leads_to_what_is_back()
    {
        (await Stored.ReplaceAsync(0, [s_policy, s_product])).ValueOrThrow();
        await OpenAsync("?entity=policy_number");
        await Page.GetByLabel("Name").FillAsync("contract");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync($"{_host.Address}/desk/entities?entity=contract");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync($"{_host.Address}/desk/entities?entity=policy_number");
        await Expect(Page.GetByLabel("Name")).ToHaveValueAsync("policy_number");

        await Page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync($"{_host.Address}/desk/entities");
        await Page.Keyboard.PressAsync("z");

        await Expect(Page).ToHaveURLAsync($"{_host.Address}/desk/entities?entity=policy_number");
        await Expect(Page.GetByLabel("Name")).ToHaveValueAsync("policy_number");
        Assert.Empty(_window.Problems);
    }

    [Fact]
    public async Task Undoing_an_addition_keeps_what_was_typed()
    {
        await OpenAsync("?view=new");
        await Page.GetByLabel("Name").FillAsync("policy_number");
        await Page.GetByLabel("Pattern").FillAsync("KV-[0-9]+");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync($"{_host.Address}/desk/entities?entity=policy_number");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Expect(Page).ToHaveURLAsync($"{_host.Address}/desk/entities?view=new");
        await Expect(Page.GetByLabel("Pattern")).ToHaveValueAsync("KV-[0-9]+");
        Assert.Empty((await Stored.GetAsync()).Entities);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(Page.Locator("[data-row]")).ToContainTextAsync("Policy number");
        await Page.GetByRole(AriaRole.Link, new() { Name = "New" }).ClickAsync();

        await Expect(Page).ToHaveURLAsync($"{_host.Address}/desk/entities?view=new");
        await Expect(Page.GetByLabel("Name")).ToHaveValueAsync("");
        Assert.Empty(_window.Problems);
    }

    [Fact]
    public async Task Undoing_leaves_whoever_went_on_where_they_are()
    {
        (await Stored.ReplaceAsync(0, [s_policy, s_product])).ValueOrThrow();
        await OpenAsync("?entity=policy_number");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Page.Locator("[data-row]", new() { HasText = "Product" }).ClickAsync();
        await Expect(Page.GetByLabel("Name")).ToHaveValueAsync("product");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();

        await Expect(Page.Locator("[data-row]")).ToHaveCountAsync(2);
        await Expect(Page).ToHaveURLAsync($"{_host.Address}/desk/entities?entity=product");
    }

    [Fact]
    public async Task A_change_that_somebody_else_was_faster_with_keeps_what_was_typed()
    {
        (await Stored.ReplaceAsync(0, [s_policy])).ValueOrThrow();
        await OpenAsync("?entity=policy_number");
        (await Stored.ReplaceAsync(1, [s_policy, s_product])).ValueOrThrow();

        await Page.GetByLabel("Pattern").FillAsync("PV-[0-9]{4}");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(Page.Locator("[data-row]")).ToHaveCountAsync(2);
        await Expect(Page.GetByLabel("Pattern")).ToHaveValueAsync("PV-[0-9]{4}");
        if ((await Stored.GetAsync()).Version == 2)
            await Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();

        await Expect(Page.Locator("[data-row]").First).ToContainTextAsync("PV-[0-9]{4}");
        Assert.Equal(["policy_number", "product"], (await Stored.GetAsync()).Entities.Select(entity => entity.Name));
    }

    [Fact]
    public async Task Values_are_added_from_a_file_and_found_in_any_form()
    {
        await OpenAsync("?view=new");
        await Page.GetByLabel("Name").FillAsync("product");
        await Page.GetByLabel("Add values from a file").SetInputFilesAsync(new FilePayload { Name = "products.csv", MimeType = "text/csv", Buffer = "Aero 3 Pro,A3P\nAero\n"u8.ToArray() });
        await Expect(Page.GetByLabel("Values, one a line")).ToHaveValueAsync("Aero 3 Pro | A3P\nAero");
        await Page.GetByLabel("What a contact might write").FillAsync("does the a3p fly?");

        await Expect(Page.Locator(".pairs dd")).ToHaveTextAsync("Aero 3 Pro");
        await Page.GetByLabel("Personal").UncheckAsync();
        await Page.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Expect(Page.Locator("[data-row]")).ToContainTextAsync("2 values");
        Assert.False((await Stored.GetAsync()).Entities.Single().IsPersonal);
    }

    [Fact]
    public async Task When_they_cannot_be_read_the_page_says_so_and_goes_on_trying()
    {
        await Expect(Page.GetByText("No entities of your own yet")).ToBeVisibleAsync();
        _host.World.IsBroken = true;
        await Page.ReloadAsync();
        await Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("could not be read");

        _host.World.IsBroken = false;

        await Expect(Page.GetByText("No entities of your own yet")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(1440, false), InlineData(1024, true), InlineData(390, true)]
    public async Task No_view_breaks_an_accessibility_rule_or_is_wider_than_its_window(int width, bool isDark)
    {
        (await Stored.ReplaceAsync(0, [s_policy, s_product, s_policy with { Name = "meter_reading_with_a_rather_long_name_xx", Pattern = @"(?i)(?:meter|zähler|compteur)\s*(?:number|nummer)?:?\s*(?<value>[0-9]{5,12})" }])).ValueOrThrow();
        var found = new List<string>();
        var folder = Environment.GetEnvironmentVariable("PICTURES");
        await using var window = await desk.OpenAsync("sofia", "/entities", width, 1000, isDark, _host.Address);
        foreach (var (path, ready) in new[] { ("", "[data-row]"), ("?view=new", ".add-card"), ("?entity=product", ".add-card") })
        {
            await window.Page.GotoAsync($"{_host.Address}/desk/entities{path}");
            await window.Page.Locator(ready).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
            if (path.Length > 0)
            {
                await Expect(window.Page.GetByLabel("Add values from a file")).ToBeEnabledAsync();
                await window.Page.GetByLabel("What a contact might write").FillAsync("Is the A3P covered by KV-1234?");
                await Expect(window.Page.Locator(".tried mark").First).ToBeVisibleAsync();
                if (path == "?view=new")
                {
                    await window.Page.GetByLabel("Pattern").FillAsync("(KV");
                    await Expect(window.Page.Locator("#pattern-problem")).ToBeVisibleAsync();
                }
            }

            found.AddRange((await Accessibility.ViolationsAsync(window.Page)).Select(violation => $"{path}: {violation}"));
            if (!await window.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"))
                found.Add($"{path} is wider than {width}");
            if (folder is not null)
                await window.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"entities{path.Replace('?', '-').Replace('=', '-')}-{width}-{(isDark ? "dark" : "light")}.png") });
        }

        Assert.True(found.Count == 0, string.Join("\n\n", found));
        Assert.Empty(window.Problems);
    }

    private async Task OpenAsync(string path)
    {
        await Page.GotoAsync($"{_host.Address}/desk/entities{path}");
        await Expect(Page.GetByLabel("Add values from a file")).ToBeEnabledAsync();
    }
}
