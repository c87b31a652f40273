using CustomerService.Conversations;
using CustomerService.Host;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace CustomerService.Browser;

public sealed class DeskTests(DeskFixture desk)
{
    [Fact]
    public async Task A_new_conversation_and_its_messages_appear_by_themselves()
    {
        await using var window = await desk.OpenAsync("mara");
        var page = window.Page;

        var contact = await desk.WriteAsync("Live Lina", "Where is my order QM-204466?");
        await Expect(contact.RowIn(page)).ToContainTextAsync("Where is my order");
        await contact.RowIn(page).ClickAsync();
        await Expect(page.Locator(".message.theirs mark")).ToContainTextAsync("QM-204466");
        await contact.Grain.TypingAsync(new(AuthorKind.Contact, Name: "Live Lina"), true);
        await Expect(page.GetByText("Live Lina is typing")).ToBeVisibleAsync();
        await contact.WriteAsync("This is the third time I ask. Unacceptable.");

        await Expect(page.Locator(".message.theirs")).ToHaveCountAsync(2);
        await Expect(page.Locator(".alert-bar")).ToContainTextAsync("Sentiment fell from");
        await Expect(page.Locator("[data-holder]")).ToHaveTextAsync("Waits for a person");
        await Expect(page.Locator(".context")).ToContainTextAsync("falling");
        Assert.Empty(window.Problems);
    }

    [Fact]
    public async Task An_alert_elsewhere_is_told_in_words()
    {
        var contact = await desk.WriteAsync("Alert Alma", "Hello");
        await using var window = await desk.OpenAsync("mara");
        await contact.RowIn(window.Page).WaitForAsync();

        await contact.WriteAsync("This is unacceptable, the third time.");

        await Expect(window.Page.Locator("p[role=status]", new() { HasText = "Alert, Alert Alma: Sentiment fell" })).ToHaveCountAsync(1);
        await Expect(contact.RowIn(window.Page).Locator(".row-alert")).ToContainTextAsync("Sentiment fell");
    }

    [Fact]
    public async Task An_agent_works_a_conversation_with_the_keyboard_alone()
    {
        var contact = await desk.WriteAsync("Keyboard Kim", "My payment was taken twice");
        await using var window = await desk.OpenAsync("mara");
        var page = window.Page;
        var keys = page.Keyboard;
        var text = page.GetByLabel("Reply to the contact");
        await contact.RowIn(page).WaitForAsync();

        await keys.PressAsync("/");
        await keys.TypeAsync("keyboard kim");
        await Expect(page.Locator("[data-row]")).ToHaveCountAsync(1);
        await keys.PressAsync("Escape");
        await keys.PressAsync("j");
        await Expect(contact.RowIn(page)).ToBeFocusedAsync();
        await keys.PressAsync("Enter");
        await Expect(page.Locator(".talk-head h2")).ToContainTextAsync("Keyboard Kim");

        await keys.PressAsync("t");
        await Expect(page.Locator("[data-holder]")).ToHaveTextAsync("You answer");
        await keys.PressAsync("r");
        await Expect(text).ToBeFocusedAsync();
        await keys.TypeAsync("I look into it.");
        await keys.PressAsync("Control+Enter");
        await Expect(page.Locator(".message.agent:not(.pending)")).ToContainTextAsync("I look into it.");
        await Expect(text).ToHaveValueAsync("");

        await keys.PressAsync("Escape");
        await keys.PressAsync("n");
        await Expect(page.GetByLabel("Note for agents")).ToBeFocusedAsync();
        await keys.TypeAsync("Bank said yes");
        await keys.PressAsync("Control+Enter");
        await Expect(page.Locator(".note:not(.pending)")).ToContainTextAsync("Bank said yes");

        await keys.PressAsync("Escape");
        await keys.PressAsync("h");
        await Expect(page.Locator("[data-holder]")).ToHaveTextAsync("Assistant answers");
        await keys.PressAsync("z");
        await Expect(page.Locator("[data-holder]")).ToHaveTextAsync("You answer");
        await keys.PressAsync("e");
        await Expect(page.Locator(".talk-head .status")).ToHaveTextAsync("Resolved");
        await keys.PressAsync("z");
        await Expect(page.Locator(".talk-head .status")).ToHaveTextAsync("Open");

        Assert.Equal(BatonHolder.Agent, contact.Conversation.Baton.Holder);
        Assert.Equal(ConversationStatus.Open, contact.Conversation.Status);
        Assert.Empty(window.Problems);
    }

    [Fact]
    public async Task A_suggestion_is_inserted_with_one_key_and_its_source_opens_and_gives_the_focus_back()
    {
        var contact = await desk.WriteAsync("Suggested Sue", "The link has not changed for days");
        await using var window = await desk.OpenAsync("mara", contact.Path);
        var page = window.Page;
        var source = page.Locator(".suggestion").First.GetByRole(AriaRole.Button, new() { Name = "Track an order" });

        await source.ClickAsync();
        await Expect(page.Locator("dialog .cited")).ToContainTextAsync("A link that has not changed");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.Locator("dialog[open]")).ToHaveCountAsync(0);
        await Expect(source).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("1");
        await Expect(page.GetByLabel("Reply to the contact")).ToHaveValueAsync("A link that has not changed for three working days means that the carrier looks for the parcel.");
        await page.Keyboard.PressAsync("Alt+3");

        await Expect(page.GetByLabel("Note for agents")).ToHaveValueAsync(
            "A link that has not changed for three working days means that the carrier looks for the parcel.\n" +
            "After five working days without a scan, send the goods again or refund them, whichever the contact prefers.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add note" }).ClickAsync();
        await Expect(page.Locator(".note:not(.pending)")).ToContainTextAsync("After five working days");
        Assert.Empty(window.Problems);
    }

    [Fact]
    public async Task Sending_takes_a_conversation_over_and_the_contact_s_reading_is_shown()
    {
        var contact = await desk.WriteAsync("Reader Rosa", "Hello");
        await using var window = await desk.OpenAsync("mara", contact.Path);
        var page = window.Page;

        await page.GetByLabel("Reply to the contact").FillAsync("Good morning");
        await page.GetByRole(AriaRole.Button, new() { Name = "Take over and send" }).ClickAsync();
        await Expect(page.Locator(".message.agent:not(.pending)")).ToContainTextAsync("Good morning");
        await contact.Grain.MarkReadAsync(AuthorKind.Contact, contact.Conversation.Last);

        await Expect(page.Locator(".message.agent .read")).ToHaveTextAsync("Read");
        Assert.Equal("mara", contact.Conversation.Baton.Agent);
    }

    [Fact]
    public async Task What_a_colleague_holds_can_be_noted_but_not_answered()
    {
        var contact = await desk.WriteAsync("Taken Tim", "Hello");
        await contact.Grain.TakeAsync(new(new("sofia"), "Sofia Novak", Agents.AgentRole.Supervisor));
        await using var window = await desk.OpenAsync("mara", contact.Path);
        var page = window.Page;

        await Expect(page.GetByText("Sofia Novak is answering. You can write a note.")).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Take over" })).ToBeDisabledAsync();

        await page.Keyboard.PressAsync("t");
        Assert.Equal("sofia", contact.Conversation.Baton.Agent);
    }

    [Fact]
    public async Task The_open_row_never_moves_and_new_ones_wait_behind_the_bar()
    {
        var contact = await desk.WriteAsync("Anchored Ada", "Hello");
        await using var window = await desk.OpenAsync("mara", contact.Path);
        var page = window.Page;
        await contact.RowIn(page).WaitForAsync();
        var before = (await contact.RowIn(page).BoundingBoxAsync())!.Y;

        var newcomer = await desk.WriteAsync("Newcomer Ned", "Hi");
        await Expect(page.Locator(".held")).ToContainTextAsync("new");
        await contact.WriteAsync("And another thing");
        await Expect(contact.RowIn(page)).ToContainTextAsync("And another thing");

        Assert.Equal(before, (await contact.RowIn(page).BoundingBoxAsync())!.Y);
        await page.Locator(".held").ClickAsync();
        await Expect(newcomer.RowIn(page)).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_long_conversation_opens_at_its_end_and_pages_back()
    {
        var key = Seed.Long(desk.Host.World, 130);
        await using var window = await desk.OpenAsync("mara", $"/c/{key.Id:N}");
        var page = window.Page;

        await Expect(page.GetByText("Message number 130", new() { Exact = true })).ToBeInViewportAsync();
        await Expect(page.GetByText("Message number 2", new() { Exact = true })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Button, new() { Name = "Show earlier messages" }).ClickAsync();

        await Expect(page.GetByText("Message number 2", new() { Exact = true })).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task A_conversation_that_gets_less_room_stays_at_its_end()
    {
        var key = Seed.Long(desk.Host.World, 60);
        await using var window = await desk.OpenAsync("mara", $"/c/{key.Id:N}");
        var log = window.Page.Locator("[role=log]");
        var newest = window.Page.GetByText("Message number 60", new() { Exact = true });
        await Expect(newest).ToBeInViewportAsync();

        // The browser tells of an earlier scroll before it tells of the new size.
        await log.EvaluateAsync("log => { log.style.maxHeight = '200px'; log.dispatchEvent(new Event('scroll')); }");
        await Expect(newest).ToBeInViewportAsync();
        await log.EvaluateAsync("log => { log.scrollTop = 0; }");
        await log.EvaluateAsync("log => new Promise(done => { requestAnimationFrame(() => { log.style.maxHeight = '150px'; requestAnimationFrame(done); }); })");

        await Expect(newest).Not.ToBeInViewportAsync();
    }

    [Fact]
    public async Task The_palette_reaches_every_page_and_act()
    {
        var contact = await desk.WriteAsync("Palette Pam", "Hello");
        await using var window = await desk.OpenAsync("ines", contact.Path);
        var page = window.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Take over", Exact = true }).WaitForAsync();

        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("take over");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("[data-holder]")).ToHaveTextAsync("You answer");
        await page.Keyboard.PressAsync("Control+k");
        await page.Keyboard.TypeAsync("people");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "People" })).ToBeVisibleAsync();
        Assert.Empty(window.Problems);
    }

    [Fact]
    public async Task An_unknown_conversation_says_what_to_do()
    {
        await using var window = await desk.OpenAsync("mara", $"/c/{Guid.NewGuid():N}");

        await Expect(window.Page.GetByRole(AriaRole.Heading, new() { Name = "There is no such conversation" })).ToBeVisibleAsync();
    }
}
