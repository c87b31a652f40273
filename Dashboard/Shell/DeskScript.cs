using Microsoft.JSInterop;

namespace CustomerService.Shell;

/// <summary>Calls of the desk's script: keys, palette, composer, scrolling. What must be instant, or must outlive a lost connection, happens there.</summary>
internal static class DeskScript
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(3);

    /// <summary>A call that was on its way when the line broke is never answered; it is made again, so every function here may be called twice.</summary>
    public static async ValueTask CallAsync(this IJSRuntime script, string function, params object?[] args)
    {
        while (true)
        {
            try
            {
                await script.InvokeVoidAsync("desk." + function, s_patience, args);
                return;
            }
            catch (TaskCanceledException) { /* not answered */ }
            catch (Exception gone) when (gone is JSDisconnectedException or ObjectDisposedException) { return; /* the page or the component is closed */ }
        }
    }
}
