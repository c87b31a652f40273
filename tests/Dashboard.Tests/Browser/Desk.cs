using Microsoft.Playwright;

namespace CustomerService.Browser;

/// <summary>What an agent does at the desk, as steps of a browser test.</summary>
public static class Desk
{
    /// <summary>From the sign-in page.</summary>
    public static async Task SignInAsync(IPage page, string agent, string password)
    {
        await page.GetByLabel("Sign-in name").FillAsync(agent);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
    }

    /// <summary>Presses a key as somebody does who saw nothing happen: the composer hears keys only once its script is attached.</summary>
    public static async Task PressUntilAsync(IPage page, string key, ILocator seen)
    {
        for (var tries = 1; ; tries++)
        {
            await page.Keyboard.PressAsync(key);
            try
            {
                await seen.First.WaitForAsync(new() { Timeout = 3_000 });
                return;
            }
            catch (TimeoutException) when (tries < 6)
            {
                // Not yet.
            }
        }
    }
}
