using System.Text.RegularExpressions;
using CustomerService.Browser;
using CustomerService.MainJob;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(ProductFixture))]

namespace CustomerService.MainJob;

/// <summary>One process of the product and one browser for all scenarios that look at pages.</summary>
public sealed partial class ProductFixture : IAsyncLifetime
{
    private const string Password = "a quiet morning tide";
    private readonly string _data = Directory.CreateTempSubdirectory("customer-service-scenarios-").FullName;
    private Chromium? _chromium;
    private SiloProcess? _silo;

    public SiloProcess Silo => _silo!;

    public async ValueTask InitializeAsync()
    {
        _silo = await SiloProcess.StartAsync(SiloProcess.Dll, _data);
        _chromium = await Chromium.StartAsync();
        await ChooseFirstPasswordAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_chromium is not null)
            await _chromium.DisposeAsync();
        if (_silo is not null)
            await _silo.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }

    /// <summary>A window of the administrator at the desk.</summary>
    public async Task<PageWindow> OpenDeskAsync(int width = 1440, bool isDark = false)
    {
        var window = await _chromium!.OpenAsync(width, 900, isDark);
        await window.Page.GotoAsync(new Uri(Silo.Address, "/desk").ToString());
        await Desk.SignInAsync(window.Page, "admin", Password);
        await window.Page.Locator("nav.nav").WaitForAsync();
        return window;
    }

    /// <summary>A window of a new contact at the shop, with the chat open.</summary>
    public async Task<PageWindow> OpenShopAsync(int width = 1280, bool isDark = false)
    {
        var window = await _chromium!.OpenAsync(width, 800, isDark);
        await window.Page.GotoAsync(new Uri(Silo.Address, "/shop/").ToString());
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Open chat" }).ClickAsync();
        return window;
    }

    // The password is printed once, when the product starts for the first time.
    private async Task ChooseFirstPasswordAsync()
    {
        var printed = PrintedPassword().Match(Silo.Output).Groups["password"].Value;
        await using var window = await _chromium!.OpenAsync();
        await window.Page.GotoAsync(new Uri(Silo.Address, "/desk").ToString());
        await Desk.SignInAsync(window.Page, "admin", printed);
        await window.Page.GetByLabel("One-time password").FillAsync(printed);
        await window.Page.GetByLabel("New password").FillAsync(Password);
        await window.Page.GetByRole(AriaRole.Button, new() { Name = "Save and go on" }).ClickAsync();
        await window.Page.Locator("nav.nav").WaitForAsync();
    }

    [GeneratedRegex(@"as admin with (?<password>\S+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PrintedPassword();
}

/// <summary>What a contact does in the widget.</summary>
public static class Contact
{
    public static ILocator Panel(IPage page) => page.GetByRole(AriaRole.Dialog);

    public static ILocator Log(IPage page) => page.GetByRole(AriaRole.Log);

    public static async Task WriteAsync(IPage page, string text)
    {
        await page.GetByLabel("Write a message").FillAsync(text);
        await page.Keyboard.PressAsync("Enter");
    }
}
