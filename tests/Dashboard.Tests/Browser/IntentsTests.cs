using CustomerService.Host;
using CustomerService.Nlu;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerService.Browser;

/// <summary>The page of a tenant's own intents, with a host of its own: what one test adds, all would see.</summary>
public sealed class IntentsTests(DeskFixture desk) : IAsyncLifetime
{
    private DeskHost _host = null!;
    private PageWindow _window = null!;

    private IPage Page => _window.Page;

    private IIntentModelGrain Model => _host.Grains.GetGrain<IIntentModelGrain>(DeskWorld.Tenant.Value);

    public async ValueTask InitializeAsync()
    {
        _host = await DeskHost.StartAsync();
        await _host.HireAsync("sofia", "Sofia Novak", Agents.AgentRole.Supervisor, DeskFixture.Password);
        _window = await desk.OpenAsync("sofia", "/intents", address: _host.Address);
    }

    public async ValueTask DisposeAsync()
    {
        await _window.DisposeAsync();
        await _host.DisposeAsync();
    }

    [Fact]
    public async Task From_an_empty_page_to_an_active_version_and_off_again()
    {
        await Expect(Page.GetByText("No intents of your own yet")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Add examples" }).ClickAsync();
        await AddAsync("change_seat", "A window seat please\nMove me to the aisle");
        await Expect(Page.GetByText("2 examples added.")).ToBeVisibleAsync();
        await AddAsync("add_baggage", "One more suitcase\nA second bag");
        await Expect(Page.Locator(".row", new() { HasText = "Add baggage" })).ToContainTextAsync("Not trained yet");

        await Button("Train").ClickAsync();
        await Expect(Page.GetByText("The training is done.")).ToBeVisibleAsync();
        await Page.GetByRole(AriaRole.Link, new() { Name = "Quality" }).ClickAsync();
        await Expect(Page.Locator(".totals")).ToContainTextAsync("0.88");
        await Expect(Page.GetByLabel("Confusing pairs")).ToContainTextAsync("Change seat taken for Add baggage");
        await Page.GetByRole(AriaRole.Link, new() { Name = "Versions" }).ClickAsync();
        await Button("Activate version 1").ClickAsync();
        await Expect(Page.Locator("tbody tr")).ToContainTextAsync("Active");
        await Expect(Page.Locator(".status-line")).ToHaveTextAsync("Version 1 answers.");
        await Button("Turn off").ClickAsync();

        await Expect(Page.Locator(".status-line")).ToContainTextAsync("No version is active");
        Assert.Empty(_window.Problems);
    }

    [Fact]
    public async Task An_example_is_edited_and_removed_and_both_are_undone()
    {
        await Model.AddAsync([new("A window seat please", "change_seat"), new("Move me to the aisle", "change_seat")]);
        await Page.GotoAsync($"{_host.Address}/desk/intents?intent=change_seat");
        var examples = Page.GetByLabel("Examples", new() { Exact = true });

        await Button("Edit A window seat please").ClickAsync();
        await Page.GetByLabel("Example", new() { Exact = true }).FillAsync("A seat at the window");
        await Button("Save").ClickAsync();
        await Expect(examples).ToContainTextAsync("A seat at the window");
        await Page.Keyboard.PressAsync("z");
        await Expect(examples).ToContainTextAsync("A window seat please");
        await Button("Remove Move me to the aisle").ClickAsync();
        await Expect(examples).Not.ToContainTextAsync("aisle");
        await Page.Keyboard.PressAsync("z");
        await Expect(examples).ToContainTextAsync("aisle");

        await Button("Rename").ClickAsync();
        await Page.GetByLabel("Name").FillAsync("seats");
        await Button("Rename").ClickAsync();
        await Expect(Page.Locator(".intent-head h2")).ToHaveTextAsync("Seats");
        Assert.Empty(_window.Problems);
    }

    [Fact]
    public async Task An_intent_is_renamed_and_removed_and_undoing_leads_to_what_is_back()
    {
        await Model.AddAsync([new("A window seat please", "change_seat"), new("Move me to the aisle", "change_seat")]);
        var (before, after) = ($"{_host.Address}/desk/intents?intent=change_seat", $"{_host.Address}/desk/intents?intent=seats");
        await Page.GotoAsync(before);

        await Button("Rename").ClickAsync();
        await Page.GetByLabel("Name").FillAsync("seats");
        await Button("Rename").ClickAsync();
        await Expect(Page).ToHaveURLAsync(after);
        await Page.GetByRole(AriaRole.Button, new() { Name = "Undo" }).ClickAsync();
        await Expect(Page).ToHaveURLAsync(before);
        await Expect(Page.Locator(".intent-head h2")).ToHaveTextAsync("Change seat");
        await Expect(Page.Locator(".examples li")).ToHaveCountAsync(2);
        await Button("Remove").ClickAsync();
        await Expect(Page).ToHaveURLAsync($"{_host.Address}/desk/intents");
        await Page.Keyboard.PressAsync("z");

        await Expect(Page).ToHaveURLAsync(before);
        await Expect(Page.Locator(".examples li")).ToHaveCountAsync(2);
        Assert.Empty(_window.Problems);
    }

    [Fact]
    public async Task Two_intents_that_became_one_are_not_offered_to_be_parted()
    {
        await Model.AddAsync([new("A window seat please", "change_seat"), new("Move me to the aisle", "seats")]);
        await Page.GotoAsync($"{_host.Address}/desk/intents?intent=change_seat");

        await Button("Rename").ClickAsync();
        await Page.GetByLabel("Name").FillAsync("seats");
        await Button("Rename").ClickAsync();

        await Expect(Page.GetByText("Change seat is part of Seats now.")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Button, new() { Name = "Undo" })).ToHaveCountAsync(0);
        await Expect(Page.Locator(".examples li")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_file_is_imported_and_one_that_cannot_be_read_is_said_to_be()
    {
        await Page.GotoAsync($"{_host.Address}/desk/intents?view=add");
        var file = Page.GetByLabel("File");
        await Expect(file).ToBeEnabledAsync();

        await file.SetInputFilesAsync(new FilePayload { Name = "a.csv", MimeType = "text/csv", Buffer = "text;intent\n"u8.ToArray() });
        await Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Nothing was added. Line 1");
        await file.SetInputFilesAsync(new FilePayload { Name = "b.csv", MimeType = "text/csv", Buffer = "text,intent\none,a\ntwo,a\n"u8.ToArray() });

        await Expect(Page.GetByText("2 examples added.")).ToBeVisibleAsync();
        await Expect(Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
        await Page.Keyboard.PressAsync("z");
        await Expect(Page.GetByText("No intents of your own yet")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task Messages_are_labelled_with_one_key_each_and_a_label_is_undone()
    {
        await Model.AddAsync([new("A window seat please", "change_seat"), new("Move me to the aisle", "change_seat"), new("One more suitcase", "add_baggage")]);
        await UnsureAsync("Could I sit elsewhere?", "add_baggage");
        await UnsureAsync("My trunk is huge", "add_baggage");
        await Page.GotoAsync($"{_host.Address}/desk/intents?view=label");
        var card = Page.Locator(".label-card");
        await Expect(card).ToContainTextAsync("My trunk is huge");

        await Page.Keyboard.PressAsync("1");
        await Expect(card).ToContainTextAsync("Could I sit elsewhere?");
        await Expect(Page.Locator("#first-choice")).ToBeFocusedAsync();
        await Page.Keyboard.PressAsync("2");
        await Expect(Page.GetByText("Nothing to label")).ToBeVisibleAsync();
        await Expect(Page.GetByText("Labelled Change seat.")).ToBeVisibleAsync();
        Assert.Equal(["Could I sit elsewhere?"], (await Model.ListAsync("change_seat", 2, 10)).Items.Skip(0).Where(example => example.Id > 3).Select(example => example.Text));
        await Page.Keyboard.PressAsync("z");

        await Expect(card).ToContainTextAsync("Could I sit elsewhere?");
        Assert.Equal(2, (await Model.ListAsync("change_seat", 0, 10)).Total);
        await Page.Keyboard.PressAsync("x");
        await Expect(Page.GetByText("Nothing to label")).ToBeVisibleAsync();
        Assert.Empty(_window.Problems);
    }

    [Fact]
    public async Task When_the_intents_cannot_be_read_the_page_says_so_and_goes_on_trying()
    {
        await Expect(Page.GetByText("No intents of your own yet")).ToBeVisibleAsync();
        _host.World.IsBroken = true;
        await Page.ReloadAsync();
        await Expect(Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("could not be read");

        _host.World.IsBroken = false;

        await Expect(Page.GetByText("No intents of your own yet")).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData(1440, false), InlineData(1024, true), InlineData(390, true)]
    public async Task No_view_breaks_an_accessibility_rule_or_is_wider_than_its_window(int width, bool isDark)
    {
        await Model.AddAsync([new("A window seat please", "change_seat"), new("Move me to the aisle", "change_seat"), new("One more suitcase", "add_baggage"), new("A second bag", "add_baggage")]);
        await Model.TrainAsync();
        while ((await Model.GetAsync()).Versions.IsEmpty)
            await Task.Yield();
        await Model.ActivateAsync(1);
        await UnsureAsync("My trunk is huge and I wonder what it costs when I take it along with me on the night train to the coast", "add_baggage");
        var found = new List<string>();
        var folder = Environment.GetEnvironmentVariable("PICTURES");
        await using var window = await desk.OpenAsync("sofia", "/intents", width, 900, isDark, _host.Address);
        foreach (var (path, ready) in new[] { ("", ".row .row-foot"), ("?view=add", ".add-card"), ("?view=label", ".label-card"), ("?view=quality", "tbody tr"), ("?view=versions", "tbody tr"), ("?intent=change_seat", ".examples li") })
        {
            await window.Page.GotoAsync($"{_host.Address}/desk/intents{path}");
            await window.Page.Locator(ready).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
            found.AddRange((await Accessibility.ViolationsAsync(window.Page)).Select(violation => $"{path}: {violation}"));
            if (!await window.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"))
                found.Add($"{path} is wider than {width}");
            if (folder is not null)
                await window.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"intents{path.Replace('?', '-').Replace('=', '-')}-{width}-{(isDark ? "dark" : "light")}.png") });
        }

        Assert.True(found.Count == 0, string.Join("\n\n", found));
        Assert.Empty(window.Problems);
    }

    private ILocator Button(string name) => Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private async Task AddAsync(string intent, string texts)
    {
        await Page.GetByLabel("Intent", new() { Exact = true }).FillAsync(intent);
        await Page.GetByLabel("Examples, one a line").FillAsync(texts);
        await Button("Add examples").ClickAsync();
    }

    private Task UnsureAsync(string text, string guess) => _host.Grains.GetGrain<IUnsureMessagesGrain>(DeskWorld.Tenant.Value).AddAsync(
        [new(0, text, guess, 0.34, 0.4, DateTimeOffset.UtcNow, new(DeskWorld.Tenant, Guid.NewGuid()))]);
}
