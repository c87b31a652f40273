using CustomerService.Conversations;
using Microsoft.Playwright;

namespace CustomerService.Browser;

public sealed class AccessibilityTests(DeskFixture desk)
{
    [Theory]
    [InlineData(1440, 900, false)]
    [InlineData(1440, 900, true)]
    [InlineData(390, 844, true)]
    public async Task Every_page_is_free_of_violations(int width, int height, bool isDark)
    {
        var contact = await Upset();
        var found = new List<string>();
        await using var signIn = await desk.Chromium.OpenAsync(width, height, isDark);
        await signIn.Page.GotoAsync(desk.Host.Address + "/desk/sign-in");
        await AddAsync(found, "sign-in", signIn.Page);

        await using var window = await desk.OpenAsync("ines", "", width, height, isDark);
        var page = window.Page;
        foreach (var (path, ready) in new[]
        {
            ("", ".rows [data-row]"), (contact.Path, ".suggestion"), ("/live", "tbody tr"), ("/people", "tbody tr"), ("/knowledge", "[data-row]"), ("/knowledge/track-an-order", ".prose"), ("/password", "form"),
        })
        {
            await page.GotoAsync($"{desk.Host.Address}/desk{path}");
            await page.Locator(ready).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
            await AddAsync(found, $"desk{path}", page);
        }

        Assert.True(found.Count == 0, string.Join("\n\n", found));
    }

    [Fact]
    public async Task Dialogs_are_free_of_violations()
    {
        var contact = await Upset();
        var found = new List<string>();
        await using var window = await desk.OpenAsync("ines", contact.Path);
        var page = window.Page;
        await page.Locator(".suggestion-foot .link").First.ClickAsync();
        await page.Locator("dialog .prose").WaitForAsync();
        await AddAsync(found, "article", page);
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("?");
        await AddAsync(found, "keys", page);
        await page.Keyboard.PressAsync("Escape");
        await page.Keyboard.PressAsync("Control+k");
        await AddAsync(found, "palette", page);

        Assert.True(found.Count == 0, string.Join("\n\n", found));
    }

    [Theory, InlineData(390), InlineData(1024), InlineData(1440)]
    public async Task No_page_is_wider_than_its_window(int width)
    {
        var contact = await Upset();
        await using var window = await desk.OpenAsync("ines", "", width);

        foreach (var path in new[] { "", contact.Path, "/live", "/people", "/knowledge" })
        {
            await window.Page.GotoAsync($"{desk.Host.Address}/desk{path}");
            await window.Page.Locator(".talk-head, .page-head, .queue-head").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
            Assert.True(await window.Page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth && [...document.querySelectorAll('main button, main a')].filter(e => e.checkVisibility() && !e.closest('.table-frame, .suggestions')).every(e => e.getBoundingClientRect().right <= innerWidth + 1)"), $"{path} at {width}");
        }
    }

    private static async Task AddAsync(List<string> found, string name, IPage page) =>
        found.AddRange((await Accessibility.ViolationsAsync(page)).Select(violation => $"{name}: {violation}"));

    private async Task<Writer> Upset()
    {
        var contact = await desk.WriteAsync("Upset Uma", "Where is QM-204466?");
        await contact.WriteAsync("This is unacceptable, the third time.");
        await contact.Grain.AddNoteAsync(new(new("mara"), "Mara Lindqvist", Agents.AgentRole.Agent), "Call the carrier");
        await contact.Grain.RequestPersonAsync();
        contact.Conversation.Post(Author.Assistant, "We refund within 14 days.", Guid.NewGuid().ToString("N"), DateTimeOffset.UtcNow, Host.FakeKnowledge.Answer(("We refund within 14 days after the return has reached us.", "refund-time")));
        return contact;
    }
}
