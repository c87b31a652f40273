using CustomerService.Agents;
using CustomerService.Host;
using Microsoft.Playwright;

namespace CustomerService.Browser;

/// <summary>Pictures of every page at three widths, light and dark, into <c>artifacts/desk</c>; run with <c>-explicit only</c>.</summary>
public sealed class Pictures
{
    [Fact(Explicit = true)]
    public async Task Pictures_of_every_page()
    {
        var folder = Directory.CreateDirectory(Environment.GetEnvironmentVariable("PICTURES") ?? Path.Combine(Repository.Root, "artifacts", "desk")).FullName;
        await using var host = await DeskHost.StartAsync();
        await using var chromium = await Chromium.StartAsync();
        await host.HireAsync("ines", "Ines Moreau", AgentRole.Admin, "a quiet morning tide");
        await host.HireAsync("mara", "Mara Lindqvist", AgentRole.Agent, "a quiet morning tide");
        var upset = Seed.Fill(host.World);

        foreach (var (width, height) in new[] { (1440, 900), (1024, 768), (390, 844) })
            foreach (var isDark in new[] { false, true })
            {
                await using var window = await chromium.OpenAsync(width, height, isDark);
                var page = window.Page;
                Task Take(string name) => page.ScreenshotAsync(new() { Path = Path.Combine(folder, $"{name}-{width}-{(isDark ? "dark" : "light")}.png") });

                await page.GotoAsync(host.Address + "/desk");
                await Take("sign-in");
                await Desk.SignInAsync(page, "ines", "a quiet morning tide");
                await page.Locator("[data-row]").First.WaitForAsync();
                await Take("inbox");
                await page.GotoAsync($"{host.Address}/desk/c/{upset.Id:N}");
                await page.Locator(".suggestion").First.WaitForAsync();
                await page.Locator(".context .facts").First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
                await Take("conversation");
                foreach (var (path, name, ready) in new[] { ("live", "live", "tbody tr"), ("people", "people", "tbody tr"), ("knowledge", "knowledge", "[data-row]"), ("knowledge/track-an-order", "article", ".prose") })
                {
                    await page.GotoAsync($"{host.Address}/desk/{path}");
                    await page.Locator(ready).First.WaitForAsync(new() { State = WaitForSelectorState.Attached });
                    await Take(name);
                }

                Assert.Empty(window.Problems);
            }
    }
}
