using Microsoft.AspNetCore.Components;

namespace CustomerService.Shell;

internal static class Navigating
{
    /// <summary>Leads to another page, unless somebody has left this one meanwhile: an undo must not take them away from what they do by then.</summary>
    public static void GoOn(this NavigationManager navigation, string from, string to)
    {
        if (navigation.Uri == navigation.ToAbsoluteUri(from).AbsoluteUri)
            navigation.NavigateTo(to);
    }
}
