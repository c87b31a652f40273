using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace CustomerService;

/// <summary>Headers of answers that are data: nothing in them is run, framed, sniffed or kept. Before everything else, so that refusals have them too.</summary>
internal sealed class SecurityHeaders : IStartupFilter
{
    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(static (context, following) =>
        {
            // At the last moment: the error handler throws away what was set before a fault.
            if (Paths.IsOurs(context.Request.Path))
                context.Response.OnStarting(static response => Set((HttpResponse)response), context.Response);
            return following(context);
        });
        next(app);
    };

    private static Task Set(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
        response.Headers["Referrer-Policy"] = "no-referrer";
        response.Headers.CacheControl = "no-store";
        return Task.CompletedTask;
    }
}
