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
}
