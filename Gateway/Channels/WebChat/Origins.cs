using CustomerService.Inboxes;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Options;

namespace CustomerService.Channels.WebChat;

/// <summary>Which pages may open a chat. Browsers send the page's origin and cannot be made to lie; programs without one are let through and need a token like all.</summary>
internal sealed class Origins(IOptions<InboxesOptions> inboxes)
{
    public bool Allows(InboxOptions inbox, HttpRequest request) =>
        request.Headers.Origin.ToString() is not { Length: > 0 } origin || Allows(inbox, origin, request);

    /// <summary>Whether any inbox allows the origin: a CORS preflight does not say which is meant.</summary>
    public bool AnyAllows(string origin, HttpRequest request) => inboxes.Value.All.Values.Any(inbox => inbox.Kind is ChannelKind.WebChat && Allows(inbox, origin, request));

    private static bool Allows(InboxOptions inbox, string origin, HttpRequest request)
    {
        if (inbox.Origins.Count > 0)
            return inbox.Origins.Contains(origin, StringComparer.OrdinalIgnoreCase);

        return Uri.TryCreate(origin, UriKind.Absolute, out var page)
            && (page.IsLoopback || (page.Scheme == request.Scheme && page.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase)));
    }
}
