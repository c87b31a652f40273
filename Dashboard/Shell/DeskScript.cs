using Microsoft.JSInterop;

namespace CustomerService.Shell;

/// <summary>The desk's script: keys, palette, composer, scrolling. What must be instant, or must outlive a lost connection, happens there.</summary>
internal static class DeskScript
{
    public const string Path = "./_content/Dashboard/desk.js";

    /// <summary>Lets go of an object in the browser; when the circuit is gone there is nothing to let go of.</summary>
    public static async ValueTask DisposeAsync(IJSObjectReference? module)
    {
        if (module is null)
            return;

        try { await module.DisposeAsync(); }
        catch (JSDisconnectedException) { /* the page is closed */ }
    }
}
