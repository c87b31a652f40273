using Microsoft.Playwright;

namespace CustomerService.Browser;

/// <summary>The one place that starts a browser for tests: Debian's Chromium, never a downloaded one.</summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Places = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    /// <summary>Where the browser is; the environment variable <c>CHROMIUM</c> names another place. Null when there is none.</summary>
    public static string? Path =>
        Environment.GetEnvironmentVariable("CHROMIUM") is { Length: > 0 } named ? named : Places.FirstOrDefault(File.Exists);

    /// <exception cref="InvalidOperationException">There is no Chromium here.</exception>
    public static async Task<Chromium> StartAsync()
    {
        var path = Path ?? throw new InvalidOperationException(
            "Browser tests need Chromium. ./run test installs it; by hand: apt-get install -y chromium, or set CHROMIUM to its path.");
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = path,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
        return new(playwright, browser);
    }

    /// <summary>A fresh profile with one page; any error in the page's console is in <see cref="PageWindow.Problems"/>.</summary>
    /// <param name="width">In CSS pixels.</param>
    /// <param name="height">In CSS pixels.</param>
    /// <param name="isDark">True when the device prefers dark colours.</param>
    /// <param name="session">What <see cref="PageWindow.SessionAsync"/> gave, to be signed in from the start; null for nobody.</param>
    public async Task<PageWindow> OpenAsync(int width = 1440, int height = 900, bool isDark = false, string? session = null)
    {
        var context = await _browser.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = isDark ? ColorScheme.Dark : ColorScheme.Light,
            ReducedMotion = ReducedMotion.Reduce,
            Locale = "en-GB",
            StorageState = session,
        });
        context.SetDefaultTimeout(30_000);
        Assertions.SetDefaultExpectTimeout(30_000);
        return new(context, await context.NewPageAsync());
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }
}

/// <summary>A browser window of its own.</summary>
public sealed class PageWindow : IAsyncDisposable
{
    private readonly IBrowserContext _context;
    private readonly List<string> _problems = [];

    internal PageWindow(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
                _problems.Add(message.Text);
        };
        page.PageError += (_, fault) => _problems.Add(fault);
    }

    public IPage Page { get; }

    /// <summary>Errors and warnings of the page so far.</summary>
    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The cookies so far, for other windows.</summary>
    public Task<string> SessionAsync() => _context.StorageStateAsync();

    public ValueTask DisposeAsync() => _context.DisposeAsync();
}
